import * as v from 'valibot';
import { textTokenizers } from '../../catalog/tokenizers';
import { isJson, type Json } from '../../core/link/json';
import { SETTINGS_LIMIT, TOKENIZERS_LIMIT } from '../../core/link/limits';
import type { LinkPart, VersionedPart } from '../../core/link/link-part';
import { fieldReader, idField as id } from '../../core/link/read-fields';
import { isTokenizerFileId, plainFileName } from '../../core/link/tokenizer-file';
import { isTokenizerOrigin } from '../../core/link/tokenizer-origin';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import type { LinkFormat } from '../lab';
import type { TextExperiment } from './experiment';

const KNOWN = textTokenizers.map((entry) => entry.id);

/** The columns where a link names none. Part of the format: these never change, whatever the lab's own become. */
const ABSENT = ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'];

/** A longer text is kept as the bytes that a link holds. */
const INLINE_BYTES = 64_000;

const flag = v.picklist([0, 1]);
const treatment = v.picklist(['text', 'parse', 'error']);

/** One for each tokenizer file; empty where it is not known. */
const originsField = v.pipe(
  v.array(
    v.pipe(
      v.string(),
      v.check((origin) => origin === '' || isTokenizerOrigin(origin)),
    ),
  ),
  v.maxLength(TOKENIZERS_LIMIT),
);

/** Each part of the lab checks its own settings; here only that they are JSON, and not without end. */
const settingsField = v.pipe(
  v.custom<object>((all) => typeof all === 'object' && !Array.isArray(all)),
  v.record(id, v.custom<Json>(isJson)),
  v.check((all) => JSON.stringify(all).length <= SETTINGS_LIMIT),
);

/**
 * Reads the text lab's part of a link. Whatever is unusable falls back to its default, with a sentence in `problems`.
 * @param known ids of the catalogue
 */
export function readTextPart(
  { version, head, blob }: VersionedPart,
  problems: string[],
  known: readonly string[] = KNOWN,
): TextExperiment {
  const read = fieldReader(head, problems);
  const listed = v.pipe(v.array(id), v.maxLength(TOKENIZERS_LIMIT));
  const wanted = read('z', v.nullable(listed), null, 'which tokenizers to compare');
  const unique = [...new Set(wanted ?? ABSENT)];
  // The page looks for the file: whoever opens the link may have it, or can be asked for it.
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
  // Version 1 kept the blob for pictures.
  const bytes = version >= 2 ? blob : blob.subarray(0, 0);
  const files = tokenizers.filter(isTokenizerFileId);
  const names = read(
    'f',
    v.pipe(v.array(v.string()), v.maxLength(TOKENIZERS_LIMIT)),
    [],
    'what its tokenizer files are called',
  );
  const special = read('m', treatment, 'text', 'how special tokens are treated');
  const addSpecialTokens = read('a', flag, 0, 'whether special tokens are added') === 1;
  const origins = read('u', originsField, [], 'where its tokenizer files can be fetched');
  const fileOrigins = Object.fromEntries(
    files.flatMap((file, i) => (origins[i] ? [[file, origins[i]] as const] : [])),
  );
  const pane = read('p', v.nullable(id), null, 'which part of the lab is in front');
  const settings = read('s', settingsField, {}, 'what its parts are set to');
  return {
    tokenizers:
      tokenizers.length > 0 || wanted?.length === 0
        ? tokenizers
        : ABSENT.filter((name) => known.includes(name)),
    ...(files.length === 0
      ? {}
      : { fileNames: Object.fromEntries(files.map((file, i) => [file, plainFileName(names[i] ?? '')])) }),
    ...(Object.keys(fileOrigins).length === 0 ? {} : { fileOrigins }),
    text: value === '' ? textOf(bytes, omitted, problems) : { kind: 'inline', value },
    showIds: read('d', flag, 0, 'whether to show token ids') === 1,
    showWhitespace: read('w', flag, 0, 'whether to show whitespace') === 1,
    ...(special === 'text' ? {} : { special }),
    ...(addSpecialTokens ? { addSpecialTokens } : {}),
    ...(pane === null ? {} : { pane }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
  };
}

function textOf(bytes: Uint8Array, omitted: number | null, problems: string[]): TextExperiment['text'] {
  if (bytes.length > INLINE_BYTES) return { kind: 'utf8', bytes };
  if (bytes.length === 0 && omitted !== null) return { kind: 'omitted', bytes: omitted };
  const value = decodeUtf8(bytes);
  if (!isUtf8(bytes)) {
    problems.push('The text of this link is not valid UTF-8; what could not be read became U+FFFD.');
  }
  return { kind: 'inline', value };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The inverse of `readTextPart`, in the newest version: short keys, and nothing that is at its default. */
function writeTextPart({
  tokenizers,
  fileNames = {},
  fileOrigins = {},
  text,
  showIds,
  showWhitespace,
  special = 'text',
  addSpecialTokens,
  pane,
  settings = {},
}: TextExperiment): LinkPart {
  // The hashes are in `z` already; the names follow in the same order.
  const names = tokenizers.filter(isTokenizerFileId).map((id) => plainFileName(fileNames[id] ?? ''));
  const origins = tokenizers.filter(isTokenizerFileId).map((id) => fileOrigins[id] ?? '');
  // UTF-8 cannot hold half a character; JSON can.
  const isHead = text.kind === 'inline' && !text.value.isWellFormed();
  const head = {
    ...(tokenizers.join() === ABSENT.join() ? {} : { z: tokenizers }),
    ...(names.length === 0 ? {} : { f: names }),
    ...(origins.some(Boolean) ? { u: origins } : {}),
    ...(text.kind === 'omitted' ? { o: text.bytes } : {}),
    // An empty text is written too, because a link without a text opens the lab's first text.
    ...(isHead ? { x: text.value } : isEmpty(text) ? { x: '' } : {}),
    ...(showIds ? { d: 1 } : {}),
    ...(showWhitespace ? { w: 1 } : {}),
    ...(special === 'text' ? {} : { m: special }),
    ...(addSpecialTokens ? { a: 1 } : {}),
    ...(pane ? { p: pane } : {}),
    ...(Object.keys(settings).length === 0 ? {} : { s: settings }),
  };
  return { head, blob: isHead ? new Uint8Array(0) : blobOf(text) };
}

function isEmpty(text: TextExperiment['text']): boolean {
  return text.kind === 'utf8' ? text.bytes.length === 0 : text.kind === 'inline' && text.value === '';
}

function blobOf(text: TextExperiment['text']): Uint8Array {
  if (text.kind === 'utf8') return text.bytes;
  return text.kind === 'inline' ? encodeUtf8(text.value) : new Uint8Array(0);
}

export const linkFormat: LinkFormat<TextExperiment> = { read: readTextPart, write: writeTextPart };
