import { encodeUtf8 } from '../../core/text/utf8';
import { byteOfLetter } from '../../tokenizers/byte-letters';
import { type TrainedMerges, trainBpe } from '../../tokenizers/train/bpe';
import { WordCounts } from '../../tokenizers/train/word-counts';

/** A boundary that no merge crosses. */
export const NEVER = 0xffff_ffff;

/** Merges that are learned at most. */
export const MOST_MERGES = 4000;

/** Merges of a byte-level BPE by the pair that they join. */
export interface Merges {
  /** Number of merges. */
  readonly size: number;
  readonly symbolOfByte: Int32Array;
  /** Number of the merge (from 0) and what comes of it, by pair. */
  readonly rankOf: ReadonlyMap<number, readonly [rank: number, merged: number]>;
}

/** A word of the corpus in the pieces that merges do not cross, and how often it occurs. */
export interface CorpusWord {
  readonly pieces: readonly string[];
  readonly count: number;
}

/**
 * Learns byte-pair merges from pieces of words. The first piece of a word has a space before it, as in a text.
 * Yields the share done.
 */
export function* learnPieces(words: Iterable<CorpusWord>): Generator<number, Merges> {
  const counts = new WordCounts();
  for (const { pieces, count } of words) {
    for (const [i, piece] of pieces.entries()) {
      const bytes = encodeUtf8(i === 0 ? ` ${piece}` : piece);
      counts.add(bytes, 0, bytes.length, count);
    }
  }
  const training = trainBpe(counts, {
    vocabularySize: 256 + MOST_MERGES,
    minFrequency: 2,
    alphabet: 'all',
    special: [],
  });
  for (;;) {
    const step = training.next();
    if (step.done) return mergesOf(step.value);
    yield step.value.share;
  }
}

function mergesOf({ names, merges }: TrainedMerges): Merges {
  const ids = new Map(names.map((name, id) => [name, id]));
  const symbolOfByte = new Int32Array(256).fill(-1);
  for (const [letter, byte] of byteOfLetter) symbolOfByte[byte] = ids.get(String.fromCharCode(letter)) ?? -1;
  const rankOf = new Map<number, readonly [number, number]>();
  for (const [rank, [left, right]] of merges.entries()) {
    const key = keyOf(left, right);
    if (!rankOf.has(key)) rankOf.set(key, [rank, ids.get(names[left]! + names[right]!)!]);
  }
  return { size: merges.length, symbolOfByte, rankOf };
}

/**
 * For each boundary between two bytes of a piece the number of the merge (from 0) that crosses it, or NEVER. With the
 * first m merges a token ends wherever this is m or more.
 */
export function crossings(bytes: Uint8Array, { symbolOfByte, rankOf }: Merges): Uint32Array<ArrayBuffer> {
  const ranks = new Uint32Array(Math.max(0, bytes.length - 1)).fill(NEVER);
  const symbols = Array.from(bytes, (byte) => symbolOfByte[byte]!);
  // Where each symbol ends, which is the boundary that a merge with the next one crosses.
  const ends = Array.from(bytes.keys());
  for (;;) {
    let best: readonly [rank: number, merged: number] | undefined;
    for (let i = 0; i + 1 < symbols.length; i++) {
      const found = rankOf.get(keyOf(symbols[i]!, symbols[i + 1]!));
      if (found && (!best || found[0] < best[0])) best = found;
    }
    if (!best) return ranks;
    for (let i = 0; i + 1 < symbols.length; i++) {
      const found = rankOf.get(keyOf(symbols[i]!, symbols[i + 1]!));
      if (found?.[0] !== best[0]) continue;
      ranks[ends[i]!] = best[0];
      symbols.splice(i, 2, best[1]);
      ends.splice(i, 1);
    }
  }
}

/**
 * The same for a word: the boundary before its byte i + 1 at place i. Its pieces are merged by themselves.
 * @param cuts where the word is divided before it is merged, in UTF-16 units
 */
export function wordCrossings(
  word: string,
  cuts: readonly number[],
  merges: Merges,
): Uint32Array<ArrayBuffer> {
  const ranks = new Uint32Array(Math.max(0, encodeUtf8(word).length - 1)).fill(NEVER);
  let at = 0;
  const places = [0, ...cuts, word.length];
  for (let i = 0; i + 1 < places.length; i++) {
    const piece = word.slice(places[i], places[i + 1]);
    const bytes = encodeUtf8(i === 0 ? ` ${piece}` : piece);
    const found = crossings(bytes, merges);
    ranks.set(i === 0 ? found.subarray(1) : found, at);
    at += i === 0 ? bytes.length - 1 : bytes.length;
  }
  return ranks;
}

/** The first merge that crosses one of a word's constituent boundaries, or NEVER: with more merges the word is "hard". */
export function hardFrom(word: string, cuts: readonly number[], ranks: Uint32Array): number {
  return cuts.reduce(
    (least, cut) => Math.min(least, ranks[encodeUtf8(word.slice(0, cut)).length - 1]!),
    NEVER,
  );
}

function keyOf(left: number, right: number): number {
  return left * 0x10_0000 + right;
}
