import { TokenoscopeError } from '../../core/errors';
import { assemble, type LoadedTokenizerFile } from '../hugging-face/assemble';
import { expressions } from '../hugging-face/expressions';
import { modelSteps } from '../hugging-face/models';
import { MergeList } from '../hugging-face/read-merges';
import type { ReadTokenizerJson } from '../hugging-face/read-tokenizer-json';
import { readVocabulary } from '../hugging-face/read-vocabulary';
import type { Vocabulary } from '../vocabulary';
import { placeIn } from './file-place';
import { JsonReader } from './json-reader';
import { recognisePair } from './pair-kinds';
import { type Steps, within } from './steps';
import { type TokenizerConfig, withConfig } from './tokenizer-config';
import { invalidUtf8, utf8Fault } from './utf8-check';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The same as a `tokenizer.json`, read, and what was assumed. */
export interface ReadPair extends ReadTokenizerJson {
  /** For the user. */
  readonly note: string;
}

/**
 * Builds a BPE tokenizer from `vocab.json` and `merges.txt`, in small steps.
 * @param config what lies beside them, where something does
 * @throws TokenoscopeError `tokenizer-corrupt` that names file and place
 */
export function* vocabularyAndMergesSteps(
  vocab: NamedBytes,
  merges: NamedBytes,
  config?: TokenizerConfig,
): Steps<LoadedTokenizerFile> {
  const {
    json,
    model: parts,
    emptyIds,
    note,
  } = yield* within(0, 0.8, readVocabularyAndMerges(vocab, merges));
  const model = yield* within(0.8, 0.99, modelSteps(parts));
  const whole = config ? withConfig(json, parts.vocabulary, config) : json;
  const { tokenizer, notes } = assemble(whole, model, expressions, emptyIds);
  return { tokenizer, notes: [...notes, note] };
}

/**
 * Reads `vocab.json` and `merges.txt` in small steps, as a `tokenizer.json` that treats text as the models do whose
 * tokens they have.
 * @throws TokenoscopeError `tokenizer-corrupt` that names file and place
 */
export function* readVocabularyAndMerges(vocab: NamedBytes, merges: NamedBytes): Steps<ReadPair> {
  const reader = new JsonReader(vocab.bytes, vocab.name);
  const invalid = yield* within(0, 0.02, invalidUtf8(vocab.bytes));
  if (invalid >= 0) throw reader.failure(utf8Fault(vocab.bytes, invalid), invalid);
  if (reader.peek() !== 0x7b) throw reader.unexpected('an object of tokens and ids ({)');
  const { vocabulary, emptyIds } = yield* within(0.02, 0.6, readVocabulary(reader));
  reader.finish();
  const ids = yield* within(0.6, 1, mergeLines(merges, vocabulary));
  const { json, model, note } = recognisePair(vocabulary, ids);
  return { json, model: { json: model, vocabulary, scores: undefined, merges: ids }, emptyIds, note };
}

function* mergeLines({ name, bytes }: NamedBytes, vocabulary: Vocabulary): Steps<Int32Array> {
  const list = new MergeList(vocabulary, '');
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let line = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const next = feed < 0 ? bytes.length : feed + 1;
    let end = feed < 0 ? bytes.length : feed;
    if (bytes[end - 1] === RETURN) end--;
    if (end > start) {
      const wrong = list.addLine(bytes, start, end);
      if (wrong !== undefined) {
        throw new TokenoscopeError(
          'tokenizer-corrupt',
          `${name} is not usable: ${wrong} (${placeIn(bytes, start)}).`,
          'Check that the file is complete and belongs to this vocabulary.',
        );
      }
    }
    start = next;
    if ((line & 1023) === 1023) yield next / bytes.length;
  }
  return list.finish();
}
