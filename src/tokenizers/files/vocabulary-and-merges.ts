import { TokenoscopeError } from '../../core/errors';
import { decodeUtf8 } from '../../core/text/utf8';
import { modelSteps } from '../hugging-face/models';
import { MergeList } from '../hugging-face/read-merges';
import type { ReadTokenizerJson } from '../hugging-face/read-tokenizer-json';
import { readVocabulary } from '../hugging-face/read-vocabulary';
import { assemble, type LoadedTokenizerFile } from '../hugging-face/tokenizer-json';
import type { Vocabulary } from '../vocabulary';
import { placeIn } from './file-place';
import { JsonReader } from './json-reader';
import { type Steps, within } from './steps';
import { invalidUtf8, utf8Fault } from './utf8-check';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Builds a byte-level BPE tokenizer from GPT-2's `vocab.json` and `merges.txt`, in small steps.
 * @throws TokenoscopeError `tokenizer-corrupt` that names file and place
 */
export function* vocabularyAndMergesSteps(vocab: NamedBytes, merges: NamedBytes): Steps<LoadedTokenizerFile> {
  const { json, model: parts } = yield* within(0, 0.8, readVocabularyAndMerges(vocab, merges));
  const model = yield* within(0.8, 0.99, modelSteps(parts));
  const { tokenizer, notes } = assemble(json, model);
  return {
    tokenizer,
    notes: [...notes, 'The files do not say how to split text into pieces: it is split as for GPT-2.'],
  };
}

/**
 * Reads GPT-2's `vocab.json` and `merges.txt` in small steps, as a `tokenizer.json` that splits text as for GPT-2.
 * @throws TokenoscopeError `tokenizer-corrupt` that names file and place
 */
export function* readVocabularyAndMerges(vocab: NamedBytes, merges: NamedBytes): Steps<ReadTokenizerJson> {
  const reader = new JsonReader(vocab.bytes, vocab.name);
  const invalid = yield* within(0, 0.02, invalidUtf8(vocab.bytes));
  if (invalid >= 0) throw reader.failure(utf8Fault(vocab.bytes, invalid), invalid);
  if (reader.peek() !== 0x7b) throw reader.unexpected('an object of tokens and ids ({)');
  const { vocabulary } = yield* within(0.02, 0.6, readVocabulary(reader));
  reader.finish();
  const ids = yield* within(0.6, 1, mergeLines(merges, vocabulary));
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true };
  const added: object[] = [];
  const { pool, offsets } = vocabulary;
  for (let id = 0; id < vocabulary.size; id++) {
    // As in <|endoftext|>: the files do not mark special tokens.
    const end = offsets[id + 1]!;
    if (end - offsets[id]! < 5 || pool[offsets[id]!] !== 0x3c || pool[end - 1] !== 0x3e) continue;
    const content = decodeUtf8(vocabulary.bytesOf(id));
    if (/^<\|.*\|>$/.test(content)) added.push({ id, content, special: true, normalized: false });
  }
  return {
    json: { added_tokens: added, pre_tokenizer: byteLevel, decoder: byteLevel },
    model: { json: { type: 'BPE' }, vocabulary, scores: undefined, merges: ids },
    emptyIds: [],
  };
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
