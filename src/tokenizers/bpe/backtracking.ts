import { enlarged } from '../../core/enlarged';
import type { TilingWriter } from '../token-writer';
import { type MergeRecorder, recordRank } from '../traces-merges';
import type { Vocabulary } from '../vocabulary';
import { HashWindow } from './hash-window';
import { LongestMatch } from './longest-match';
import type { RankMerges } from './merges';
import type { PieceBpe, PieceRun } from './piece-encoder';

/** Pieces up to this many bytes are encoded in memory that is kept. */
const SHORT = 1 << 14;

/**
 * Byte-pair encoding where ids are merge ranks, in linear time in the worst case: take the longest token,
 * keep it if it may follow the previous one, else try a shorter one, else undo the previous one.
 * A byte position that failed once is never entered again.
 * Method: the `bpe` crate of github/rust-gems ("So many tokens, so little time", 2024).
 * Needs a token for every single character (byte, where pieces may be any bytes), and every merge's halves to have
 * smaller ids than the merge.
 */
export class BacktrackingBpe implements PieceBpe {
  readonly vocabulary: Vocabulary;
  readonly merges: RankMerges;
  readonly longest: LongestMatch;
  readonly #short: BacktrackingRun;

  constructor(vocabulary: Vocabulary, merges: RankMerges) {
    this.vocabulary = vocabulary;
    this.merges = merges;
    this.longest = new LongestMatch(vocabulary, merges);
    this.#short = new BacktrackingRun(this, SHORT);
  }

  encode(bytes: Uint8Array, start: number, end: number, out: TilingWriter): void {
    const run = end - start > SHORT ? new BacktrackingRun(this, end - start) : this.#short;
    run.begin(bytes, start, end);
    while (!run.advance(Number.MAX_SAFE_INTEGER, out));
  }

  run(bytes: Uint8Array, start: number, end: number): BacktrackingRun {
    const run = new BacktrackingRun(this, end - start);
    run.begin(bytes, start, end);
    return run;
  }

  record(id: number, start: number, recorder: MergeRecorder): void {
    recordRank(id, start, this.vocabulary, this.merges, recorder);
  }
}

/** One piece in progress. */
export class BacktrackingRun implements PieceRun {
  readonly #bpe: BacktrackingBpe;
  readonly #window: HashWindow;
  /** 1 where no token may end, by offset in the piece. */
  readonly #shut: Uint8Array;
  #stack: Uint32Array;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  #at = 0;
  #depth = 0;
  #token = 0;

  /** @param room bytes of the longest piece */
  constructor(bpe: BacktrackingBpe, room: number) {
    this.#bpe = bpe;
    this.#window = new HashWindow(bpe.vocabulary.longest);
    this.#shut = new Uint8Array(room + 1);
    this.#stack = new Uint32Array(Math.max(256, room >> 2));
  }

  /** Takes `bytes[start, end)` as the next piece. */
  begin(bytes: Uint8Array, start: number, end: number): void {
    this.#shut.fill(0, 0, end - start + 1);
    this.#window.clear();
    this.#window.cover(bytes, start, start, end);
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#at = start;
    this.#depth = 0;
    this.#token = this.#bpe.longest.at(bytes, start, end, this.#window);
  }

  advance(budget: number, out: TilingWriter): boolean {
    const { merges, longest, vocabulary } = this.#bpe;
    const window = this.#window;
    const bytes = this.#bytes;
    const start = this.#start;
    const end = this.#end;
    const shut = this.#shut;
    const { offsets } = vocabulary;
    let stack = this.#stack;
    let depth = this.#depth;
    let at = this.#at;
    let token = this.#token;
    for (let left = budget; at < end && left > 0; left--) {
      const next = at + offsets[token + 1]! - offsets[token]!;
      if (shut[next - start] === 0 && (depth === 0 || merges.standsApart(stack[depth - 1]!, token))) {
        if (depth === stack.length) stack = this.#growStack();
        stack[depth++] = token;
        at = next;
        if (at === end) break;
        window.cover(bytes, start, at, end);
        token = longest.at(bytes, at, end, window);
        continue;
      }
      const shorter = longest.shorter(token);
      if (shorter >= 0) {
        token = shorter;
        continue;
      }
      shut[at - start] = 1;
      token = stack[--depth]!;
      at -= offsets[token + 1]! - offsets[token]!;
    }
    this.#depth = depth;
    this.#at = at;
    this.#token = token;
    if (at < end) return false;
    at = start;
    for (let i = 0; i < depth; i++) {
      const id = stack[i]!;
      at += offsets[id + 1]! - offsets[id]!;
      out.push(id, at);
    }
    return true;
  }

  #growStack(): Uint32Array {
    this.#stack = enlarged(this.#stack);
    return this.#stack;
  }
}
