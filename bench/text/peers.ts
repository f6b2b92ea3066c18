import { findTextTokenizer } from '../../src/catalog/tokenizers';
import { decodeUtf8 } from '../../src/core/text/utf8';
import { readVocabulary } from '../../src/package/vocabularies';

/** One implementation of one encoding: loads itself, then returns the number of tokens of a text. */
export interface Peer {
  readonly name: string;
  load(): Promise<(text: string) => number>;
}

/** The names that each library gives the encodings measured with all of them. */
export const encodings = {
  cl100k: { tiktoken: 'cl100k_base', gptTokenizer: 'cl100k_base' },
  o200k: { tiktoken: 'o200k_base', gptTokenizer: 'o200k_base' },
} as const;

export type EncodingId = keyof typeof encodings;

const read = (name: string) => readVocabulary(name);

/** Tokenoscope first, then its peers, each as its users would use it. */
export function peersOf(id: EncodingId): Peer[] {
  return [
    tokenoscope(id),
    {
      name: 'gpt-tokenizer',
      load: async () => {
        const { encode } = await gptTokenizer(id);
        return (text) => encode(text, { disallowedSpecial: new Set() }).length;
      },
    },
    {
      name: 'tiktoken (WASM)',
      load: async () => {
        const { get_encoding } = await import('tiktoken');
        const encoding = get_encoding(encodings[id].tiktoken);
        return (text) => encoding.encode_ordinary(text).length;
      },
    },
    {
      name: 'js-tiktoken',
      load: async () => {
        const { Tiktoken } = await import('js-tiktoken/lite');
        const encoding = new Tiktoken((await jsTiktokenRanks(id)).default);
        return (text) => encoding.encode(text, [], []).length;
      },
    },
    huggingFace(id),
  ];
}

/** Tokenoscope as its command line uses it: without the page's worker. */
export function tokenoscope(id: string): Peer {
  return {
    name: 'tokenoscope',
    load: async () => {
      const { loadTokenizer } = await import('../../src/tokenizers/load');
      const tokenizer = await loadTokenizer(findTextTokenizer(id)!.spec, read);
      return (text) => tokenizer.encode(text).ids.length;
    },
  };
}

/** Hugging Face's JavaScript library with a tokenizer.json that means the same. */
export function huggingFace(id: string): Peer {
  return {
    name: '@huggingface/tokenizers',
    load: async () => {
      const { Tokenizer } = await import('@huggingface/tokenizers');
      const tokenizer = new Tokenizer(await tokenizerJson(id), {});
      return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
    },
  };
}

async function tokenizerJson(id: string): Promise<object> {
  const { oracle, source, spec } = findTextTokenizer(id)!;
  if (oracle.kind === 'hugging-face' && source) {
    const { readFiles } = await import('../../scripts/vocabularies/files.mjs');
    const [file] = await readFiles(source);
    return JSON.parse(decodeUtf8(file!.bytes)) as object;
  }
  const { huggingFaceJson, wordPieceJson } = await import('./hugging-face-json');
  if (spec.kind === 'bpe-ranks') return huggingFaceJson(spec, await read(spec.vocabulary));
  if (spec.kind === 'pipeline') return wordPieceJson(spec.vocabulary, await read(spec.vocabulary));
  throw new Error(`${id} has no tokenizer.json.`);
}

function gptTokenizer(id: EncodingId) {
  switch (id) {
    case 'cl100k':
      return import('gpt-tokenizer/encoding/cl100k_base');
    case 'o200k':
      return import('gpt-tokenizer/encoding/o200k_base');
  }
}

function jsTiktokenRanks(id: EncodingId) {
  switch (id) {
    case 'cl100k':
      return import('js-tiktoken/ranks/cl100k_base');
    case 'o200k':
      return import('js-tiktoken/ranks/o200k_base');
  }
}
