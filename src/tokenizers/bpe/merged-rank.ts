import type { MergedToken } from '../../core/text/merged-token';
import { TilingWriter } from '../token-writer';
import { MergeRecorder, type OnMerge } from '../traces-merges';
import type { PieceBpe } from './piece-encoder';

/** Symbols that a recorder may hold before another one takes its place. */
const FULL = 1 << 14;

/** How merges make tokens whose ids are ranks. */
export class MergedRanks {
  readonly #bpe: PieceBpe;
  readonly #out = new TilingWriter(64);
  #last = new LastMerge();

  constructor(bpe: PieceBpe) {
    this.#bpe = bpe;
  }

  /** How merges make token `id`; undefined for a hole. */
  of(id: number): MergedToken | undefined {
    const { vocabulary } = this.#bpe;
    const { pool, offsets } = vocabulary;
    const start = offsets[id] ?? 0;
    const end = offsets[id + 1] ?? 0;
    if (end <= start) return undefined;
    const out = this.#out;
    out.count = 0;
    this.#bpe.encode(pool, start, end, out);
    const isMade = out.count === 1 && out.ids[0] === id;
    if (!isMade || end - start === 1) return { isMade, halves: undefined, isTakenWhole: true };
    const middle = start + this.#leftLength(id);
    const left = vocabulary.find(pool, start, middle);
    const right = vocabulary.find(pool, middle, end);
    return { isMade, halves: left < 0 || right < 0 ? undefined : [left, right], isTakenWhole: true };
  }

  /** Bytes of the left half of a token's last merge. */
  #leftLength(id: number): number {
    if (this.#last.symbols.count > FULL) this.#last = new LastMerge();
    const last = this.#last;
    last.id = id;
    last.leftLength = 0;
    this.#bpe.record(id, 0, last);
    return last.leftLength;
  }
}

/** Where the halves of one token part; keeps nothing else. */
class LastMerge extends MergeRecorder {
  id = -1;
  leftLength = 0;

  constructor() {
    super(FULL);
  }

  override readonly merge: OnMerge = (_, id, left, right) => {
    // Below a merge every symbol is one byte.
    if (id === this.id) this.leftLength = right - left;
  };
}
