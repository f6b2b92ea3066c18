import { Gpt2Scanner } from '../../pretokenizers/gpt2-scanner';
import { countWords } from '../count-words';
import { WordCounts } from '../word-counts';

/** What `Gpt2Scanner` divides texts by. */
export const GPT2_PATTERN = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

/** The pieces of a text, as GPT-2 divides it. */
export function counted(text: string): WordCounts {
  const counts = new WordCounts();
  countWords([{ counts, scanner: new Gpt2Scanner() }], text.toWellFormed());
  return counts;
}
