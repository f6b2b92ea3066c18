import * as v from 'valibot';
import { textTokenizers } from '../../catalog/tokenizers';
import { TOKENIZERS_LIMIT } from '../../core/link/limits';
import type { LinkPart, VersionedPart } from '../../core/link/link-part';
import { fieldReader, idField as id } from '../../core/link/read-fields';
import { isTokenizerFileId, plainFileName } from '../../core/link/tokenizer-file';
import type { LinkFormat } from '../lab';
import type { TextExperiment } from './experiment';

const KNOWN = textTokenizers.map((entry) => entry.id);

/** The columns where a link names none. Part of the format: these never change, whatever the lab's own become. */
const ABSENT = ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'];

const flag = v.picklist([0, 1]);

/**
 * Reads the text lab's part of a link. Whatever is unusable falls back to its default, with a sentence in `problems`.
 * @param known ids of the catalogue
 */
export function readTextPart(
  { head }: VersionedPart,
  problems: string[],
  known: readonly string[] = KNOWN,
): TextExperiment {
  const read = fieldReader(head, problems);
  const listed = v.pipe(v.array(id), v.maxLength(TOKENIZERS_LIMIT));
  const wanted = read('z', v.nullable(listed), null, 'which tokenizers to compare');
  const unique = [...new Set(wanted ?? ABSENT)];
  // A file is for the page to find: whoever opens the link may hold it, or can be asked for it.
  const tokenizers = unique.filter((name) => known.includes(name) || isTokenizerFileId(name));
  for (const name of unique) {
    if (!tokenizers.includes(name))
      problems.push(`This link uses the tokenizer "${name}", which is not here.`);
  }
  const omitted = read(
    'o',
    v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    null,
    'how long its text was',
  );
  const value = read('x', v.string(), '', 'its text');
  const files = tokenizers.filter(isTokenizerFileId);
  const names = read(
    'f',
    v.pipe(v.array(v.string()), v.maxLength(TOKENIZERS_LIMIT)),
    [],
    'what its tokenizer files are called',
  );
  return {
    tokenizers:
      tokenizers.length > 0 || wanted?.length === 0
        ? tokenizers
        : ABSENT.filter((name) => known.includes(name)),
    ...(files.length === 0
      ? {}
      : { fileNames: Object.fromEntries(files.map((file, i) => [file, plainFileName(names[i] ?? '')])) }),
    text: omitted !== null && value === '' ? { kind: 'omitted', bytes: omitted } : { kind: 'inline', value },
    showIds: read('d', flag, 0, 'whether to show token ids') === 1,
    showWhitespace: read('w', flag, 0, 'whether to show whitespace') === 1,
  };
}
/** The inverse of `readTextPart`, in the newest version: short keys, and nothing that is at its default. */
function writeTextPart({
  tokenizers,
  fileNames = {},
  text,
  showIds,
  showWhitespace,
}: TextExperiment): LinkPart {
  // The hashes stand in `z` already: names follow in the same order.
  const names = tokenizers.filter(isTokenizerFileId).map((id) => plainFileName(fileNames[id] ?? ''));
  const head = {
    ...(tokenizers.join() === ABSENT.join() ? {} : { z: tokenizers }),
    ...(names.length === 0 ? {} : { f: names }),
    ...(text.kind === 'omitted' ? { o: text.bytes } : {}),
    ...(text.kind === 'inline' && text.value !== '' ? { x: text.value } : {}),
    ...(showIds ? { d: 1 } : {}),
    ...(showWhitespace ? { w: 1 } : {}),
  };
  return { head, blob: new Uint8Array(0) };
}

export const linkFormat: LinkFormat<TextExperiment> = { read: readTextPart, write: writeTextPart };
