import { decodeUtf8 } from '../../core/text/utf8';
import { byteOfLetter } from '../../tokenizers/byte-letters';
import type { Steps } from '../../tokenizers/files/steps';
import { byteAlphabet } from '../../tokenizers/train/byte-symbols';
import { MergeReplay } from '../../tokenizers/train/replay';
import type { SymbolWords } from '../../tokenizers/train/symbol-words';
import type { WordCounts } from '../../tokenizers/train/word-counts';
import type { Ordered } from './divide';

/** Superwords that are listed. */
const LISTED = 40;

/** Pieces that are counted in a step. */
const STEP = 2000;

/** What a tokenizer makes of a text. */
export interface Measured {
  readonly bytes: number;
  readonly tokens: number;
  /** Standard deviation of the bytes of a token, as a share of their mean; undefined without tokens. */
  readonly spread: number | undefined;
  /** Tokens that span several words, each as often as it occurs. */
  readonly superwords: number;
  /** The most frequent of these. */
  readonly examples: readonly { readonly text: string; readonly count: number }[];
}

/** Adds up the tokens of a text. */
export class Tally {
  #tokens = 0;
  #bytes = 0;
  #squares = 0;
  readonly #counts = new Map<number, number>();

  /** @param length bytes of the token @param times how often it occurs */
  add(id: number, length: number, times = 1): void {
    this.#tokens += times;
    this.#bytes += length * times;
    this.#squares += length * length * times;
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + times);
  }

  /** @param textOf the text of a token */
  result(textOf: (id: number) => string): Measured {
    const superwords = [...this.#counts]
      .map(([id, count]) => ({ text: textOf(id), count }))
      .filter(({ text }) => isSuperword(text))
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
    const tokens = this.#tokens;
    const mean = this.#bytes / tokens;
    return {
      bytes: this.#bytes,
      tokens,
      spread: tokens === 0 ? undefined : Math.sqrt(Math.max(0, this.#squares / tokens - mean ** 2)) / mean,
      superwords: superwords.reduce((sum, { count }) => sum + count, 0),
      examples: superwords.slice(0, LISTED),
    };
  }
}

/** Whether a token holds a space between two words, or parts of them. */
export function isSuperword(text: string): boolean {
  return /\S\s+\S/u.test(text);
}

/** Merges that were learned from all 256 bytes on, without special tokens. */
export interface Merges {
  readonly names: readonly string[];
  readonly merges: readonly (readonly [left: number, right: number])[];
}

/** Writes pieces with merges, in their order. */
export function* encodePieces({ names, merges }: Merges, counts: WordCounts): Steps<SymbolWords> {
  return yield* new MergeReplay({ names, merges, symbolOf: byteAlphabet().symbolOf }).words(counts);
}

/** What became of pieces. */
export function* measureSymbols(
  names: readonly string[],
  { ids, starts, counts }: SymbolWords,
): Steps<Measured> {
  const tally = new Tally();
  for (let word = 0; word < counts.length; word++) {
    if (word % STEP === STEP - 1) yield word / counts.length;
    for (let at = starts[word]!; at < starts[word + 1]!; at++)
      tally.add(ids[at]!, names[ids[at]!]!.length, counts[word]!);
  }
  return tally.result((id) => textOfName(names[id]!));
}

/** Bytes of each token of a text, in their order. */
export function* lengthsInOrder(learned: Merges, { counts, order }: Ordered): Steps<number[]> {
  const { ids, starts } = yield* encodePieces(learned, counts);
  return order.flatMap((piece) =>
    [...ids.subarray(starts[piece], starts[piece + 1])].map((id) => learned.names[id]!.length),
  );
}

/** The text of a token in byte letters. */
function textOfName(name: string): string {
  return decodeUtf8(Uint8Array.from(name, (letter) => byteOfLetter.get(letter.charCodeAt(0))!));
}
