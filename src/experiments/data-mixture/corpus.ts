import { scannerFor } from '../../tokenizers/pretokenizers/scanner-for';
import { byteAlphabet } from '../../tokenizers/train/byte-symbols';
import { countWords } from '../../tokenizers/train/count-words';
import { DEFAULT_PATTERN } from '../../tokenizers/train/defaults';
import type { SymbolWords } from '../../tokenizers/train/symbol-words';
import { WordCounts } from '../../tokenizers/train/word-counts';

/** Characters of a part of a text, at least: every other part is for the one who looks on. */
const PART = 400;

/** Bytes as symbols, for tokenizers and texts alike. */
export const alphabet = byteAlphabet();

/** The two halves of a text, in alternating parts that end where lines end (in long lines, where words do). */
export function halves(text: string): readonly [string, string] {
  const parts: [string[], string[]] = [[], []];
  let turn = 0;
  let part = '';
  for (const piece of text.match(/[^\n]{0,800}?(?:\n|$)|[^\n]{1,400}(?:\s|$)|[^\n]{1,400}/gu) ?? []) {
    part += piece;
    if (part.length < PART) continue;
    parts[turn]!.push(part);
    part = '';
    turn = 1 - turn;
  }
  parts[turn]!.push(part);
  return [parts[0].join(''), parts[1].join('')];
}

/** The pieces of a text, and how often each occurs. */
export function wordsOf(text: string): WordCounts {
  const counts = new WordCounts();
  countWords([{ counts, scanner: scannerFor(DEFAULT_PATTERN)() }], text.toWellFormed());
  return counts;
}

/** Pairs of neighbouring bytes within the pieces: what shares of a mixture are counted in. */
export function pairsIn(counts: WordCounts): number {
  let pairs = 0;
  for (let word = 0; word < counts.size; word++)
    pairs += counts.count(word) * (counts.start(word + 1) - counts.start(word) - 1);
  return pairs;
}

/** Pairs of the whole mixture: large, so that shares become whole numbers with little loss. */
const MIXTURE = 1e9;

/**
 * A corpus that is a mixture of texts: each piece counts as often as its text's share asks for.
 * @param shares sum to 1
 */
export function mixed(texts: readonly WordCounts[], shares: readonly number[]): SymbolWords {
  const all = new WordCounts();
  texts.forEach((counts, i) => {
    const pairs = pairsIn(counts);
    const weight = pairs === 0 ? 0 : Math.round((MIXTURE * shares[i]!) / pairs);
    if (weight === 0) return;
    for (let word = 0; word < counts.size; word++)
      all.add(counts.bytes, counts.start(word), counts.start(word + 1), weight * counts.count(word));
  });
  return symbolsOf(all);
}

/** Words as one symbol a byte. @param symbolOf by byte */
export function symbolsOf(counts: WordCounts, symbolOf: Int32Array = alphabet.symbolOf): SymbolWords {
  const { bytes, byteLength, size } = counts;
  const ids = Int32Array.from(bytes.subarray(0, byteLength), (byte) => symbolOf[byte]!);
  const starts = Uint32Array.from({ length: size + 1 }, (_, word) => counts.start(word));
  return { ids, starts, counts: Float64Array.from({ length: size }, (_, word) => counts.count(word)) };
}
