import { TokenoscopeError } from '../../core/errors';
import { assemble, type LoadedTokenizerFile } from '../hugging-face/assemble';
import { expressions } from '../hugging-face/expressions';
import { isObject, type JsonObject } from '../hugging-face/json';
import { modelSteps } from '../hugging-face/models';
import type { ReadTokenizerJson } from '../hugging-face/read-tokenizer-json';
import type { Vocabulary } from '../vocabulary';
import { placeIn } from './file-place';
import { type Steps, within } from './steps';
import { TokenList } from './token-list';
import { type TokenizerConfig, withConfig } from './tokenizer-config';
import { invalidUtf8, utf8Fault } from './utf8-check';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const CONTROLS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/**
 * Builds a WordPiece tokenizer from a `vocab.txt`, in small steps.
 * @param config what lies beside it, where something does: else text is treated as BERT uncased does
 * @throws TokenoscopeError `tokenizer-corrupt` that names the line
 */
export function* wordPieceSteps(
  bytes: Uint8Array,
  name: string,
  config?: TokenizerConfig,
): Steps<LoadedTokenizerFile> {
  const { json, model, emptyIds } = yield* within(0, 0.8, readWordPieceFile(bytes, name));
  const whole = config ? withConfig(asConfigured(json, config), model.vocabulary, config) : json;
  const built = yield* within(0.8, 0.99, modelSteps(model));
  const { tokenizer, notes } = assemble(whole, built, expressions, emptyIds);
  const isSilent = config?.lowercase === undefined;
  const assumed =
    'The file does not say how to treat text: it is put into lower case without accents, as for uncased BERT.';
  return { tokenizer, notes: isSilent ? [...notes, assumed] : notes };
}

function asConfigured(json: JsonObject, config: TokenizerConfig): JsonObject {
  const { normalizer } = json;
  const { lowercase = true, stripAccents, chineseCharacters = true } = config;
  return {
    ...json,
    normalizer: {
      ...(isObject(normalizer) ? normalizer : {}),
      lowercase,
      strip_accents: stripAccents ?? null,
      handle_chinese_chars: chineseCharacters,
    },
  };
}

/**
 * Reads a WordPiece `vocab.txt`, one token a line in the order of ids, in small steps, as a `tokenizer.json` that
 * treats text as BERT does: all settings that the file lacks are those of uncased BERT.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the line
 */
export function* readWordPieceFile(bytes: Uint8Array, name: string): Steps<ReadTokenizerJson> {
  const fail = (what: string, at: number) =>
    new TokenoscopeError(
      'tokenizer-corrupt',
      `${name} is not usable as a WordPiece vocabulary: ${what} (${placeIn(bytes, at)}).`,
      'Check that the file has one token on each line.',
    );
  const invalid = yield* within(0, 0.1, invalidUtf8(bytes));
  if (invalid >= 0) throw fail(utf8Fault(bytes, invalid), invalid);
  const list = new TokenList(fail);
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const next = feed < 0 ? bytes.length : feed + 1;
    let end = feed < 0 ? bytes.length : feed;
    if (bytes[end - 1] === RETURN) end--;
    list.add(bytes, start, end, list.count, start);
    start = next;
    if ((list.count & 1023) === 0) yield 0.1 + (0.6 * next) / bytes.length;
  }
  const vocabulary = yield* within(0.7, 1, list.finish(false));
  if (idOf(vocabulary, '[UNK]') < 0) throw fail('it has no [UNK]', bytes.length);
  return bertUncased(vocabulary);
}

function idOf(vocabulary: Vocabulary, token: string): number {
  const bytes = new TextEncoder().encode(token);
  return vocabulary.find(bytes, 0, bytes.length);
}

/** A WordPiece vocabulary as a `tokenizer.json` that treats text as uncased BERT does. */
export function bertUncased(vocabulary: Vocabulary): ReadTokenizerJson {
  const id = (token: string) => idOf(vocabulary, token);
  const added = CONTROLS.filter((content) => id(content) >= 0);
  const hasEnds = id('[CLS]') >= 0 && id('[SEP]') >= 0;
  const ends = { type: 'BertProcessing', sep: ['[SEP]', id('[SEP]')], cls: ['[CLS]', id('[CLS]')] };
  return {
    json: {
      added_tokens: added.map((content) => ({
        ...{ id: id(content), content, single_word: false, lstrip: false, rstrip: false },
        ...{ normalized: false, special: true },
      })),
      normalizer: {
        type: 'BertNormalizer',
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase: true,
      },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: hasEnds ? ends : null,
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    },
    model: {
      json: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
      },
      vocabulary,
      scores: undefined,
      merges: undefined,
    },
    emptyIds: [],
  };
}
