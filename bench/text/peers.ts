import { readFile } from 'node:fs/promises';
import { findTextTokenizer } from '../../src/catalog/text-tokenizers';
import { loadTokenizer } from '../../src/engine/text/load';
import { huggingFaceJson } from './hugging-face-json';

/** One implementation of one encoding: loads itself, then answers the number of tokens of a text. */
export interface Peer {
  readonly name: string;
  load(): Promise<(text: string) => number>;
}

/** The names that each library gives the encodings measured. */
export const encodings = {
  gpt2: { tiktoken: 'gpt2', gptTokenizer: 'gpt2' },
  cl100k: { tiktoken: 'cl100k_base', gptTokenizer: 'cl100k_base' },
  o200k: { tiktoken: 'o200k_base', gptTokenizer: 'o200k_base' },
} as const;

export type EncodingId = keyof typeof encodings;

const read = (name: string) => readFile(`generated/vocabularies/${name}.bin`);

/** Tokenoscope first, then its peers, each as its users would use it. */
export function peersOf(id: EncodingId): Peer[] {
  const spec = findTextTokenizer(id)!.spec;
  return [
    {
      name: 'tokenoscope',
      load: async () => {
        const tokenizer = await loadTokenizer(spec, read);
        return (text) => tokenizer.encode(text).ids.length;
      },
    },
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
    {
      name: '@huggingface/tokenizers',
      load: async () => {
        const { Tokenizer } = await import('@huggingface/tokenizers');
        if (spec.kind !== 'bpe-ranks') throw new Error(`${id} is not measured with this peer.`);
        const tokenizer = new Tokenizer(await huggingFaceJson(spec, await read(spec.vocabulary)), {});
        return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
      },
    },
  ];
}

function gptTokenizer(id: EncodingId) {
  switch (id) {
    case 'gpt2':
      return import('gpt-tokenizer/encoding/gpt2');
    case 'cl100k':
      return import('gpt-tokenizer/encoding/cl100k_base');
    case 'o200k':
      return import('gpt-tokenizer/encoding/o200k_base');
  }
}

function jsTiktokenRanks(id: EncodingId) {
  switch (id) {
    case 'gpt2':
      return import('js-tiktoken/ranks/gpt2');
    case 'cl100k':
      return import('js-tiktoken/ranks/cl100k_base');
    case 'o200k':
      return import('js-tiktoken/ranks/o200k_base');
  }
}
