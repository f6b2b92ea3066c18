import type { TilingWriter } from '../token-writer';
import type { Vocabulary } from '../vocabulary';
import { LongestMatch } from './longest-match';
import type { RankMerges } from './merges';

/**
 * Byte-pair encoding where ids are merge ranks, in linear time in the worst case: take the longest token,
 * keep it if it may stand beside the one before it, else try a shorter one, else take back the one before.
 * A byte position that failed once is never entered again.
 * Method: the `bpe` crate of github/rust-gems ("So many tokens, so little time", 2024).
 * Needs every single byte to be a token, and every merge's halves to have smaller ids than the merge.
 */
export class BacktrackingBpe {
  readonly #vocabulary: Vocabulary;
  readonly merges: RankMerges;
  readonly #longest: LongestMatch;
  /** 1 where a token may end, by offset in the piece. */
  #open = new Uint8Array(256);
  #stack = new Uint32Array(256);

  constructor(vocabulary: Vocabulary, merges: RankMerges) {
    this.#vocabulary = vocabulary;
    this.merges = merges;
    this.#longest = new LongestMatch(vocabulary, merges);
  }

  /** Appends the tokens of `bytes[start, end)`. */
  encode(bytes: Uint8Array, start: number, end: number, out: TilingWriter): void {
    const merges = this.merges;
    const longest = this.#longest;
    const { offsets } = this.#vocabulary;
    const length = end - start;
    if (this.#open.length <= length) {
      this.#open = new Uint8Array(length * 2);
      this.#stack = new Uint32Array(length * 2);
    }
    const open = this.#open;
    const stack = this.#stack;
    open.fill(1, 0, length + 1);
    let depth = 0;
    let at = start;
    let token = longest.at(bytes, start, end);
    while (at < end) {
      const next = at + offsets[token + 1]! - offsets[token]!;
      if (open[next - start] === 1 && (depth === 0 || merges.standsApart(stack[depth - 1]!, token))) {
        stack[depth++] = token;
        at = next;
        if (at < end) token = longest.at(bytes, at, end);
        continue;
      }
      const shorter = longest.shorter(token);
      if (shorter >= 0) {
        token = shorter;
        continue;
      }
      open[at - start] = 0;
      token = stack[--depth]!;
      at -= offsets[token + 1]! - offsets[token]!;
    }
    at = start;
    for (let i = 0; i < depth; i++) {
      at += offsets[stack[i]! + 1]! - offsets[stack[i]!]!;
      out.push(stack[i]!, at);
    }
  }
}
