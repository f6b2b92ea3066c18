import { byteLevelPreTokenizer } from 'tokenizers';
import { letterOfByte } from '../byte-letters';
import { byteToken } from '../models/unigram';
import { type TokenizerJson, trainedJson } from './oracle';

const bert = { type: 'BertPreTokenizer' };
const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true };
const metaspace = { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always', split: true };
const whole = { ...metaspace, split: false };
const nfkc = { type: 'NFKC' };

/** Tokenizers of every model type: their names, and how to train each on the spot, as a tokenizer.json. */
export const trainedTokenizers: Readonly<Record<string, () => TokenizerJson>> = {
  BPE: () => around(trainedJson('BPE'), { unk_token: 'a' }, bert, null, nfkc),
  'BPE, byte-level': () => {
    const json = trainedJson('BPE', byteLevelPreTokenizer(false));
    const { vocab } = json.model as { vocab: Record<string, number> };
    let size = Object.keys(vocab).length;
    for (const letter of letterOfByte) vocab[String.fromCodePoint(letter)] ??= size++;
    return around(json, { vocab }, byteLevel, byteLevel);
  },
  'BPE, byte fallback': () => {
    const json = trainedJson('BPE');
    const { vocab } = json.model as { vocab: Record<string, number> };
    const size = Object.keys(vocab).length;
    for (let byte = 0; byte < 256; byte++) vocab[byteToken(byte)] = size + byte;
    const decoders = [metaspace, { type: 'ByteFallback' }];
    const model = { byte_fallback: true, fuse_unk: true, vocab };
    return around(json, model, whole, { type: 'Sequence', decoders });
  },
  WordPiece: () =>
    around(
      trainedJson('WordPiece'),
      { unk_token: 'a' },
      bert,
      { type: 'WordPiece', prefix: '##', cleanup: true },
      nfkc,
    ),
  Unigram: () => around(trainedJson('Unigram'), { unk_id: 0 }, bert, null, nfkc),
  'Unigram, whole texts': () => around(trainedJson('Unigram'), { unk_id: 0 }, whole, metaspace),
  'Unigram, byte fallback': () => {
    const json = trainedJson('Unigram');
    const { vocab } = json.model as { vocab: [string, number][] };
    for (let byte = 0; byte < 256; byte++) vocab.push([byteToken(byte), -20 - byte / 7]);
    return around(json, { unk_id: 0, byte_fallback: true, vocab }, metaspace, metaspace);
  },
  WordLevel: () => around(trainedJson('WordLevel'), { unk_token: 'a' }, bert, null, nfkc),
};

function around(
  json: TokenizerJson,
  model: object,
  pre_tokenizer: object,
  decoder: object | null,
  normalizer: object | null = null,
): TokenizerJson {
  return {
    ...json,
    added_tokens: [],
    normalizer,
    pre_tokenizer,
    decoder,
    model: { ...json.model, ...model },
  };
}
