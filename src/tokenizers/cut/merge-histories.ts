import type { EmitToken } from '../models/model';
import { Numbers } from './numbers';

/** Numbers of a symbol: id, from, to. */
const SYMBOL = 3;
/** Numbers of a merge: order, rank, id, left, right. */
const MERGE = 5;
/** Numbers of a word: its first symbol, its first merge, what it covers, the token that it may be, and from which rank on. */
const WORD = 5;

/** The rank of a token that every cut keeps. */
export const ALWAYS = -1;

/** Receives a merge of a word: as in a trace, with the ids of both halves. */
export type OnHistory = (
  order: number,
  rank: number,
  id: number,
  leftId: number,
  rightId: number,
  /** How many tokens fewer there are. */
  saved: number,
) => void;

/**
 * How words merge, recorded once for all sizes of the vocabulary.
 *
 * Byte-pair encoding always performs the merge of lowest rank among those that are possible. With the merges below a limit
 * only, it performs the same ones in the same order, until the lowest possible one is not below the limit; then it
 * stops. So a cut word is the whole word's history up to there. It is *not* the set of its merges below the limit: a merge
 * of low rank that only one of high rank makes possible comes after that one. Its *order*, the highest rank so far, says
 * when it happens, and a word's merges ascend by it.
 */
export class MergeHistories {
  readonly #symbols = new Numbers();
  readonly #merges = new Numbers();
  readonly #words = new Numbers();
  #order = ALWAYS;
  #ids = new Int32Array(64);
  #tos = new Int32Array(64);

  constructor() {
    this.#words.push(0, 0, 0, -1, 0);
  }

  /** How many words have been recorded. */
  get size(): number {
    return this.#words.length / WORD - 1;
  }

  /** Records a merge of the next word: in the order in which they happen, halves as indices of its symbols. */
  readonly merge = (rank: number, id: number, left: number, right: number): void => {
    this.#order = Math.max(this.#order, rank);
    this.#merges.push(this.#order, rank, id, left, right);
  };

  /** Records a symbol of the next word: what it covers is up to the caller. */
  symbol(id: number, from: number, to: number): void {
    this.#symbols.push(id, from, to);
  }

  /**
   * Ends the next word. With an id: cuts that keep this token, whose rank is `wholeRank`, take the word as a whole,
   * before any merge.
   * @param length of what it covers
   */
  end(length: number, wholeId = -1, wholeRank = 0): void {
    const words = this.#words;
    const first = words.at(words.length - WORD + 1);
    const last = this.#merges.length - MERGE;
    // Where the last merge makes the same at the same time, nothing is special.
    const isMade =
      last >= first && this.#merges.at(last + 2) === wholeId && this.#merges.at(last) === wholeRank;
    words.set(words.length - WORD + 2, length);
    words.set(words.length - WORD + 3, isMade ? -1 : wholeId);
    words.set(words.length - WORD + 4, wholeRank);
    words.push(this.#symbols.length, this.#merges.length, 0, -1, 0);
    this.#order = ALWAYS;
  }

  /** How many tokens a word has with the entries below `limit`. */
  count(word: number, limit: number): number {
    const at = WORD * word;
    if (this.#isWhole(at, limit)) return 1;
    const symbols = (this.#words.at(at + WORD) - this.#words.at(at)) / SYMBOL;
    return symbols - this.#applied(at, limit);
  }

  /** Passes on a word's tokens with the entries below `limit`. */
  write(word: number, limit: number, emit: EmitToken): void {
    const at = WORD * word;
    const symbols = this.#symbols;
    const from = this.#words.at(at);
    const count = (this.#words.at(at + WORD) - from) / SYMBOL;
    if (this.#isWhole(at, limit)) {
      emit(this.#words.at(at + 3), 0, this.#words.at(at + 2));
      return;
    }
    this.#load(from, count);
    this.#replay(at, this.#applied(at, limit));
    for (let i = 0; i < count; i++) {
      if (this.#tos[i]! >= 0) emit(this.#ids[i]!, symbols.at(from + SYMBOL * i + 1), this.#tos[i]!);
    }
  }

  /** Goes through what happens in a word as the vocabulary grows. */
  replay(word: number, on: OnHistory): void {
    const at = WORD * word;
    const merges = this.#merges;
    const from = this.#words.at(at);
    const count = (this.#words.at(at + WORD) - from) / SYMBOL;
    const wholeId = this.#words.at(at + 3);
    const wholeRank = this.#words.at(at + 4);
    if (wholeId >= 0 && wholeRank === ALWAYS) return;
    this.#load(from, count);
    let left = count;
    for (let i = this.#words.at(at + 1); i < this.#words.at(at + WORD + 1); i += MERGE) {
      const order = merges.at(i);
      if (wholeId >= 0 && order >= wholeRank) break;
      const first = merges.at(i + 3);
      const id = merges.at(i + 2);
      on(order, merges.at(i + 1), id, this.#ids[first]!, this.#ids[merges.at(i + 4)]!, 1);
      this.#ids[first] = id;
      left--;
    }
    if (wholeId >= 0) on(wholeRank, wholeRank, wholeId, -1, -1, left - 1);
  }

  #isWhole(at: number, limit: number): boolean {
    return this.#words.at(at + 3) >= 0 && this.#words.at(at + 4) < limit;
  }

  /** How many of a word's merges have an order below `limit`. */
  #applied(at: number, limit: number): number {
    const first = this.#words.at(at + 1);
    let low = 0;
    let high = (this.#words.at(at + WORD + 1) - first) / MERGE;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#merges.at(first + MERGE * middle) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts a word's symbols into the scratch arrays. */
  #load(from: number, count: number): void {
    if (this.#ids.length < count) {
      this.#ids = new Int32Array(2 * count);
      this.#tos = new Int32Array(2 * count);
    }
    for (let i = 0; i < count; i++) {
      this.#ids[i] = this.#symbols.at(from + SYMBOL * i);
      this.#tos[i] = this.#symbols.at(from + SYMBOL * i + 2);
    }
  }

  #replay(at: number, applied: number): void {
    const first = this.#words.at(at + 1);
    for (let i = first; i < first + MERGE * applied; i += MERGE) {
      const left = this.#merges.at(i + 3);
      const right = this.#merges.at(i + 4);
      this.#ids[left] = this.#merges.at(i + 2);
      this.#tos[left] = this.#tos[right]!;
      this.#tos[right] = -1;
    }
  }
}
