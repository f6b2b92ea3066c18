import { decodeUtf8, isContinuation } from '../../core/text/utf8';
import { HASH_BASE } from '../byte-hash';
import type { Steps } from '../files/steps';
import { MergeQueue } from '../models/merge-queue';
import { noUnknownToken } from '../models/no-unknown-token';
import type { TilingWriter } from '../token-writer';
import type { MergeRecorder } from '../traces-merges';
import type { Vocabulary } from '../vocabulary';
import type { PieceBpe, PieceRun } from './piece-encoder';

/** Above every rank. */
const NONE = 0x7fffffff;

/** Merges between two steps of a history. */
const STEP = 8192;

/** Stretches up to this many bytes are searched for the lowest rank; longer ones keep a queue. */
const SHORT = 192;

/**
 * Byte-pair encoding as tiktoken defines it, for any vocabulary: of all neighbours whose joined bytes are a token,
 * those with the lowest rank merge, the leftmost first, whatever their own ranks are and whether they are tokens at
 * all. `BacktrackingBpe` gives the same sooner where every token is made of tokens of lower rank.
 */
export class ByteMerging implements PieceBpe {
  readonly vocabulary: Vocabulary;
  readonly #short: ByteMergingRun;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
    this.#short = new ByteMergingRun(vocabulary, SHORT);
  }

  /** @throws TokenoscopeError `tokenizer-corrupt` where a byte stays alone and has no token */
  encode(bytes: Uint8Array, start: number, end: number, out: TilingWriter): void {
    const run = this.#begun(bytes, start, end, NONE);
    while (!run.advance(Number.MAX_SAFE_INTEGER, out));
  }

  run(bytes: Uint8Array, start: number, end: number): PieceRun {
    return new ByteMergingRun(this.vocabulary, end - start).begin(bytes, start, end, NONE);
  }

  /**
   * Where the bytes of `bytes[start, end)` divide once every merge with a rank below `limit` has happened: where the
   * first part ends and where the second does.
   */
  divide(bytes: Uint8Array, start: number, end: number, limit: number): readonly [number, number] {
    const run = this.#begun(bytes, start, end, limit);
    while (!run.merge(Number.MAX_SAFE_INTEGER));
    const first = run.partEnd(start);
    return [first, first < end ? run.partEnd(first) : end];
  }

  /**
   * Merges `bytes[start, end)`, one byte or more, in small steps. `onMerge` is told of every merge: its rank, and the first
   * bytes of both halves, counted from `start`.
   */
  *history(
    bytes: Uint8Array,
    start: number,
    end: number,
    onMerge: (rank: number, left: number, right: number) => void,
  ): Steps<void> {
    const run = this.#begun(bytes, start, end, NONE);
    try {
      run.onMerge = (rank, left, right) => onMerge(rank, left - start, right - start);
      while (!run.merge(STEP)) yield 0;
    } finally {
      run.onMerge = undefined;
    }
  }

  record(id: number, start: number, recorder: MergeRecorder): void {
    const { pool, offsets } = this.vocabulary;
    const from = offsets[id]!;
    const end = offsets[id + 1]!;
    recorder.beginWord();
    const first = recorder.symbols.count;
    const run = this.#begun(pool, from, end, NONE);
    const merges: number[] = [];
    run.onMerge = (rank, left, right) => merges.push(rank, first + left - from, first + right - from);
    while (!run.merge(Number.MAX_SAFE_INTEGER));
    run.onMerge = undefined;
    if (run.partEnd(from) < end || !this.#allBytes(from, end)) {
      // It is a token only where it is a whole piece, or one of its bytes has no token to begin with.
      recorder.symbols.push(id, start, start + end - from);
      return;
    }
    for (let at = from; at < end; at++) {
      recorder.symbols.push(this.vocabulary.find(pool, at, at + 1), start + at - from, start + at - from + 1);
    }
    for (let i = 0; i < merges.length; i += 3) {
      recorder.merge(merges[i]!, merges[i]!, merges[i + 1]!, merges[i + 2]!);
    }
  }

  #allBytes(from: number, end: number): boolean {
    const { pool } = this.vocabulary;
    for (let at = from; at < end; at++) if (this.vocabulary.find(pool, at, at + 1) < 0) return false;
    return true;
  }

  #begun(bytes: Uint8Array, start: number, end: number, limit: number): ByteMergingRun {
    const run = end - start > SHORT ? new ByteMergingRun(this.vocabulary, end - start) : this.#short;
    return run.begin(bytes, start, end, limit);
  }
}

/** One piece in progress. Offsets of parts are those of their first bytes in the piece. */
class ByteMergingRun implements PieceRun {
  /** Told of every merge: its rank, and where both halves begin. */
  onMerge: ((rank: number, left: number, right: number) => void) | undefined;
  readonly #vocabulary: Vocabulary;
  readonly #hashes: Int32Array;
  /** By a part's offset: where the next one begins; where the one before it does. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** By a part's offset: the rank of the token that it and the next one make. */
  readonly #ranks: Int32Array;
  readonly #queue: MergeQueue | undefined;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #length = 0;
  #limit = NONE;
  /** How many offsets have their first rank. */
  #ranked = 0;

  /** @param room bytes of the longest piece */
  constructor(vocabulary: Vocabulary, room: number) {
    this.#vocabulary = vocabulary;
    this.#hashes = new Int32Array(room + 1);
    this.#next = new Int32Array(room + 1);
    this.#previous = new Int32Array(room + 1);
    this.#ranks = new Int32Array(room + 1);
    this.#queue = room > SHORT ? new MergeQueue() : undefined;
  }

  /** Takes `bytes[start, end)` as the next piece. @param limit only merges of lower rank happen */
  begin(bytes: Uint8Array, start: number, end: number, limit: number): this {
    this.#bytes = bytes;
    this.#start = start;
    this.#length = end - start;
    this.#limit = limit;
    this.#ranked = 0;
    let hash = 0;
    for (let i = 0; i < this.#length; i++) {
      hash = (Math.imul(hash, HASH_BASE) + bytes[start + i]!) | 0;
      this.#hashes[i + 1] = hash;
      this.#next[i] = i + 1;
      this.#previous[i] = i - 1;
    }
    return this;
  }

  /** Where the part that begins at byte `at` ends. */
  partEnd(at: number): number {
    return this.#start + this.#next[at - this.#start]!;
  }

  advance(budget: number, out: TilingWriter): boolean {
    if (!this.merge(budget)) return false;
    for (let at = 0; at < this.#length; at = this.#next[at]!) {
      const next = this.#next[at]!;
      const id = this.#find(at, next);
      if (id < 0) throw noUnknownToken(characterAt(this.#bytes, this.#start + at));
      out.push(id, this.#start + next);
    }
    return true;
  }

  /** Does up to `budget` steps; whether nothing is left to merge. */
  merge(budget: number): boolean {
    const queue = this.#queue;
    let left = budget;
    for (; this.#ranked < this.#length && left > 0; left--) {
      const at = this.#ranked++;
      const rank = this.#rankAt(at);
      this.#ranks[at] = rank;
      if (rank < NONE) queue?.push(rank, at);
    }
    if (this.#ranked < this.#length) return false;
    for (; left > 0; left--) {
      const at = queue ? this.#lowestQueued(queue) : this.#lowest();
      if (at < 0) return true;
      this.#mergeAt(at);
    }
    return false;
  }

  #lowest(): number {
    const ranks = this.#ranks;
    const next = this.#next;
    let lowest = NONE;
    let found = -1;
    for (let at = 0; at < this.#length; at = next[at]!) {
      if (ranks[at]! >= lowest) continue;
      lowest = ranks[at]!;
      found = at;
    }
    return found;
  }

  #lowestQueued(queue: MergeQueue): number {
    while (!queue.isEmpty) {
      const rank = queue.topRank;
      const at = queue.pop();
      // A part that has grown or gone since has another rank.
      if (this.#ranks[at] === rank) return at;
    }
    return -1;
  }

  #mergeAt(at: number): void {
    const next = this.#next;
    const right = next[at]!;
    const end = next[right]!;
    this.onMerge?.(this.#ranks[at]!, this.#start + at, this.#start + right);
    next[at] = end;
    this.#ranks[right] = NONE;
    if (end < this.#length) this.#previous[end] = at;
    this.#rank(at);
    const before = this.#previous[at]!;
    if (before >= 0) this.#rank(before);
  }

  #rank(at: number): void {
    const rank = this.#rankAt(at);
    if (rank === this.#ranks[at]) return;
    this.#ranks[at] = rank;
    if (rank < NONE) this.#queue?.push(rank, at);
  }

  #rankAt(at: number): number {
    const right = this.#next[at]!;
    if (right >= this.#length) return NONE;
    const id = this.#find(at, this.#next[right]!);
    return id < 0 || id >= this.#limit ? NONE : id;
  }

  #find(from: number, to: number): number {
    const vocabulary = this.#vocabulary;
    if (to - from > vocabulary.longest) return -1;
    const hash = (this.#hashes[to]! - Math.imul(this.#hashes[from]!, vocabulary.powers[to - from]!)) | 0;
    return vocabulary.findHashed(hash, this.#bytes, this.#start + from, this.#start + to);
  }
}

/** The character that a byte is part of. */
export function characterAt(bytes: Uint8Array, at: number): string {
  let start = at;
  while (start > 0 && at - start < 3 && isContinuation(bytes[start]!)) start--;
  let end = at + 1;
  while (end < bytes.length && end - start < 4 && isContinuation(bytes[end]!)) end++;
  return decodeUtf8(bytes.subarray(start, end));
}
