import { TokenoscopeError } from '../../core/errors';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import type { JsonObject } from '../hugging-face/json';
import { MergeList } from '../hugging-face/read-merges';
import type { ReadTokenizerJson } from '../hugging-face/read-tokenizer-json';
import type { Vocabulary } from '../vocabulary';
import { ggufPreTokenizer, ggufPreTokenizers } from './gguf-pre-tokenizers';
import { GgufError } from './gguf-scan';
import type { GgufTable } from './gguf-table';
import { ofSentencePiece } from './sentencepiece-model';
import { BYTE, CONTROL, UNKNOWN, UNKNOWN_SURFACE, USER_DEFINED } from './sentencepiece-proto';
import { type Steps, within } from './steps';
import { TokenList } from './token-list';
import { bertUncased } from './word-piece-file';

const TOKENS = 'tokenizer.ggml.tokens';

/** A tokenizer.json's parts, and what the user should know. */
interface Read extends ReadTokenizerJson {
  readonly notes: readonly string[];
}

/**
 * Byte-level BPE: tokens in byte letters, merges, and the name of a pre-tokenizer.
 * @throws TokenoscopeError `tokenizer-unsupported` for a name that is not known; GgufError
 */
export function* byteLevelModel(table: GgufTable): Steps<Read & { readonly addsBos: boolean }> {
  const named = table.text('tokenizer.ggml.pre');
  const how = ggufPreTokenizer(named ?? 'default');
  if (!how) {
    throw new TokenoscopeError(
      'tokenizer-unsupported',
      `${table.name} splits text by the pre-tokenizer "${named}", which is not known here.`,
      `Known are ${ggufPreTokenizers.join(', ')}. Give the model's tokenizer.json, which says how it splits text.`,
    );
  }
  const { vocabulary, types } = yield* within(0, 0.5, readTokens(table));
  const merges = yield* within(0.5, 1, readMerges(table, vocabulary));
  const { preTokenizer, normalizer, ignoresMerges = false, addsBos = false } = how;
  return {
    json: {
      added_tokens: addedTokens(vocabulary, types),
      normalizer: normalizer ? { type: normalizer } : null,
      pre_tokenizer: preTokenizer,
      decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    },
    model: {
      json: { type: 'BPE', ignore_merges: ignoresMerges },
      vocabulary,
      scores: undefined,
      merges,
    },
    emptyIds: [],
    notes:
      named === undefined || named === 'default'
        ? [
            'The file does not name its pre-tokenizer: text is split as llama.cpp splits it then, which may differ from the model’s own way.',
          ]
        : [],
    addsBos,
  };
}

/**
 * SentencePiece's BPE or Unigram: pieces with scores and types.
 * @throws GgufError, TokenoscopeError `tokenizer-corrupt`
 */
export function* sentencePieceModel(table: GgufTable, type: 'BPE' | 'Unigram'): Steps<ReadTokenizerJson> {
  const { vocabulary, types } = yield* readTokens(table);
  const scores = table.numbers('tokenizer.ggml.scores');
  if (!scores) throw table.missing('tokenizer.ggml.scores');
  if (scores.length < vocabulary.size) {
    throw new GgufError(`it has ${scores.length} scores for ${vocabulary.size} tokens`, 0);
  }
  const isSet = (key: string, fallback: boolean) =>
    (table.number(`tokenizer.ggml.${key}`) ?? Number(fallback)) !== 0;
  const charsmap = table.numbers('tokenizer.ggml.precompiled_charsmap');
  return ofSentencePiece({
    type,
    vocabulary,
    scores,
    types,
    byteFallback: types.filter((one) => one === BYTE).length === 256,
    whitespaceAsSuffix: false,
    unknownSurface: UNKNOWN_SURFACE,
    normalizer: {
      charsmap: Uint8Array.from(charsmap ?? [], (byte) => byte & 0xff),
      dummyPrefix: isSet('add_space_prefix', true),
      removeExtraWhitespace: isSet('remove_extra_whitespaces', false),
      escapeWhitespace: true,
    },
    denormalizer: undefined,
  });
}

/**
 * BERT's WordPiece, whose tokens are spelled the other way round there: those that begin a word have a mark, `\u2581`, and
 * those that continue one have none.
 * @throws GgufError
 */
export function* wordPieceModel(table: GgufTable): Steps<Read> {
  const { vocabulary } = yield* readTokens(table, (token) => {
    if (token.startsWith('[') && token.endsWith(']')) return token;
    return token.startsWith('\u2581') ? token.slice(1) : `##${token}`;
  });
  const unknown = encodeUtf8('[UNK]');
  if (vocabulary.find(unknown, 0, unknown.length) < 0) throw new GgufError('it has no token [UNK]', 0);
  const lowercase = table.number('tokenizer.ggml.normalizer.lowercase');
  const read = bertUncased(vocabulary);
  const normalizer = { ...(read.json['normalizer'] as JsonObject), lowercase: lowercase !== 0 };
  const note =
    'The file does not say whether text is put into lower case: it is, as in llama.cpp. Of a cased BERT, give vocab.txt with tokenizer_config.json.';
  return {
    ...read,
    json: { ...read.json, normalizer },
    notes: lowercase === undefined ? [note] : [],
  };
}

interface Tokens {
  readonly vocabulary: Vocabulary;
  /** As in SentencePiece's files; 1 (normal) where the file does not say. */
  readonly types: Uint8Array;
}

function* readTokens(table: GgufTable, respell?: (token: string) => string): Steps<Tokens> {
  const spans = table.texts(TOKENS);
  const { bytes } = table.scanner;
  const count = spans.length / 2;
  if (count === 0) throw new GgufError('it lists no tokens', 0);
  const list = new TokenList((what, at) => new GgufError(what, at));
  for (let id = 0; id < count; id++) {
    const [start, end] = [spans[2 * id]!, spans[2 * id + 1]!];
    if (respell) {
      const token = encodeUtf8(respell(decodeUtf8(bytes.subarray(start, end))));
      list.add(token, 0, token.length, id, start);
    } else list.add(bytes, start, end, id, start);
    if ((id & 1023) === 1023) yield (0.5 * id) / count;
  }
  const listed = table.numbers('tokenizer.ggml.token_type');
  // Files repeat tokens that never occur; look-ups find the first, as in the vocabularies that they were made from.
  const vocabulary = yield* within(0.5, 1, list.finish(true));
  return { vocabulary, types: Uint8Array.from({ length: count }, (_, id) => listed?.[id] ?? 1) };
}

function* readMerges(table: GgufTable, vocabulary: Vocabulary): Steps<Int32Array> {
  const spans = table.texts('tokenizer.ggml.merges');
  const { bytes } = table.scanner;
  const list = new MergeList(vocabulary, '');
  for (let i = 0; i < spans.length; i += 2) {
    const wrong = list.addLine(bytes, spans[i]!, spans[i + 1]!);
    if (wrong !== undefined) throw new GgufError(wrong, spans[i]!);
    if ((i & 2046) === 2046) yield i / spans.length;
  }
  return list.finish();
}

/** Control tokens are special; what users defined is found in texts, too. */
function addedTokens(vocabulary: Vocabulary, types: Uint8Array): JsonObject[] {
  const added: JsonObject[] = [];
  types.forEach((type, id) => {
    if (type !== CONTROL && type !== USER_DEFINED && type !== UNKNOWN) return;
    const content = decodeUtf8(vocabulary.bytesOf(id));
    const special = type !== USER_DEFINED;
    added.push({
      ...{ id, content, special, normalized: false, single_word: false },
      ...{ lstrip: content === '<mask>', rstrip: false },
    });
  });
  return added;
}
