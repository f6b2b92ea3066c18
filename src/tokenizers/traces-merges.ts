import { enlarged } from '../core/enlarged';
import type { MergeTrace } from '../core/text/merge-trace';
import type { RankMerges } from './bpe/merges';
import { SpanWriter } from './token-writer';
import type { Vocabulary } from './vocabulary';

/** Receives one merge: its rank, what it makes, and the indices of the symbols at which its halves begin. */
export type OnMerge = (rank: number, id: number, left: number, right: number) => void;

/**
 * Collects the symbols and merges of a text, word after word, and puts the merges into the order in which the
 * text as a whole would apply them.
 */
export class MergeRecorder {
  readonly symbols: SpanWriter;
  /** Flat: order, rank, id, left, right. */
  #merges = new Uint32Array(5 * 1024);
  #count = 0;
  #order = 0;

  /** @param expected a guess at the number of symbols */
  constructor(expected: number) {
    this.symbols = new SpanWriter(expected);
  }

  /** Merges of another word follow. A word's own must come in order. */
  beginWord(): void {
    this.#order = 0;
  }

  readonly merge: OnMerge = (rank, id, left, right) => {
    // A merge may make one of a lower rank possible: that one still comes after it, and before all others.
    this.#order = Math.max(this.#order, rank);
    const at = 5 * this.#count++;
    if (at === this.#merges.length) this.#merges = enlarged(this.#merges);
    this.#merges[at] = this.#order;
    this.#merges[at + 1] = rank;
    this.#merges[at + 2] = id;
    this.#merges[at + 3] = left;
    this.#merges[at + 4] = right;
  };

  finish(): MergeTrace {
    const merges = this.#merges;
    const count = this.#count;
    let largest = 0;
    for (let i = 0; i < count; i++) largest = Math.max(largest, merges[5 * i]!);
    // A counting sort: linear, and it keeps words, which come from left to right, in place.
    const places = new Uint32Array(largest + 2);
    for (let i = 0; i < count; i++) places[merges[5 * i]! + 1]!++;
    for (let rank = 0; rank <= largest; rank++) places[rank + 1]! += places[rank]!;
    const columns = [0, 1, 2, 3].map(() => new Uint32Array(count));
    const [ranks, ids, lefts, rights] = columns as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
    for (let i = 0; i < count; i++) {
      const place = places[merges[5 * i]!]!++;
      ranks[place] = merges[5 * i + 1]!;
      ids[place] = merges[5 * i + 2]!;
      lefts[place] = merges[5 * i + 3]!;
      rights[place] = merges[5 * i + 4]!;
    }
    return { kind: 'merges', symbols: this.symbols.finish(), ranks, ids, lefts, rights };
  }
}

/**
 * Records a token whose id is a rank: it is made by one merge of two tokens, and so on down to bytes, so nothing
 * needs to be replayed. A token that no merge makes is its own symbol.
 */
export function recordRank(
  token: number,
  start: number,
  vocabulary: Vocabulary,
  merges: RankMerges,
  recorder: MergeRecorder,
): void {
  const { offsets } = vocabulary;
  const { symbols } = recorder;
  // A stack instead of recursion, right half first, so that symbols come out from left to right.
  const stack = [token, start];
  while (stack.length > 0) {
    const from = stack.pop()!;
    const id = stack.pop()!;
    const left = merges.left(id);
    if (left === id) {
      symbols.push(id, from, from + offsets[id + 1]! - offsets[id]!);
      continue;
    }
    const length = offsets[left + 1]! - offsets[left]!;
    recorder.beginWord();
    // Below a merge every symbol is one byte.
    recorder.merge(id, id, symbols.count, symbols.count + length);
    stack.push(merges.right(id), from + length, left, from);
  }
}
