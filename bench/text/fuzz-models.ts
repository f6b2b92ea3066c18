import { compareTokenizer } from '../../src/tokenizers/testing/compare-tokenizer';
import { randomTokenizer } from '../../src/tokenizers/testing/random-tokenizer';
import type { Comparison } from './comparison';

/** Small, odd tokenizers of every model type, one for each text, which only gives the seed. */
export const modelComparisons: readonly Comparison[] = [
  {
    name: 'generated tokenizer.json, Hugging Face',
    prepare: async () => async (text) => (await compareTokenizer(randomTokenizer(seedOf(text)))).difference,
  },
];

function seedOf(text: string): number {
  let seed = 0;
  for (let i = 0; i < text.length; i++) seed = (Math.imul(seed, 31) + text.charCodeAt(i)) | 0;
  return seed;
}
