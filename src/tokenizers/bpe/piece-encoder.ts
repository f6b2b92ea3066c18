import { HASH_BASE } from '../byte-hash';
import type { TilingWriter } from '../token-writer';
import type { MergeRecorder } from '../traces-merges';
import type { Vocabulary } from '../vocabulary';
import { PieceCache } from './piece-cache';

/** Pieces from this many bytes on are encoded step by step. */
const LONG = 1 << 16;

/** One piece in progress. */
export interface PieceRun {
  /**
   * Works on the piece for about `budget` steps, a few for each byte at most.
   * @returns whether it is done and its tokens are appended to `out`
   */
  advance(budget: number, out: TilingWriter): boolean;
}

/** Byte-pair encoding of pieces, where ids are merge ranks. */
export interface PieceBpe {
  readonly vocabulary: Vocabulary;
  /** Appends the tokens of `bytes[start, end)`, one byte or more. */
  encode(bytes: Uint8Array, start: number, end: number, out: TilingWriter): void;
  /** Begins a piece that may be long and is encoded step by step. */
  run(bytes: Uint8Array, start: number, end: number): PieceRun;
  /** Records the merges that make token `id` of bytes, for a token at byte `start` of the text. */
  record(id: number, start: number, recorder: MergeRecorder): void;
}

/** Turns pieces into tokens: directly if the piece is a token, from the cache if it occurred before, else by merges. */
export class PieceEncoder {
  readonly bpe: PieceBpe;
  readonly #cache = new PieceCache();

  constructor(bpe: PieceBpe) {
    this.bpe = bpe;
  }

  /**
   * Appends the tokens of `bytes[start, end)`.
   * @returns undefined, or for a long piece the remaining work
   */
  encode(bytes: Uint8Array, start: number, end: number, out: TilingWriter): PieceRun | undefined {
    if (end - start >= LONG) return this.bpe.run(bytes, start, end);
    let hash = 0;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, HASH_BASE) + bytes[i]!) | 0;
    // tiktoken keeps a piece that is a token, before any merge.
    const whole = this.bpe.vocabulary.findHashed(hash, bytes, start, end);
    if (whole >= 0) {
      out.push(whole, end);
      return undefined;
    }
    hash ^= hash >>> 15;
    const cache = this.#cache;
    const entry = cache.find(hash, bytes, start, end);
    if (entry === 0) {
      const first = out.count;
      this.bpe.encode(bytes, start, end, out);
      cache.add(hash, bytes, start, end, out, first, out.count);
      return undefined;
    }
    const { words } = cache;
    for (let i = entry + 1, last = i + (words[entry]! >>> 8); i < last; i++) {
      const word = words[i]!;
      out.push(word & 0xffffff, start + (word >>> 24));
    }
    return undefined;
  }
}
