import type { TokenSequence } from '../../core/text/tokens';

/** Collects tokens whose spans tile the text: each starts where the last one ended. Grows as needed. */
export class TilingWriter {
  ids: Uint32Array;
  ends: Uint32Array;
  count = 0;

  /** @param expected a guess at the number of tokens */
  constructor(expected: number) {
    const capacity = Math.max(16, expected);
    this.ids = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
  }

  push(id: number, end: number): void {
    if (this.count === this.ids.length) this.#grow();
    this.ids[this.count] = id;
    this.ends[this.count++] = end;
  }

  finish(): TokenSequence {
    const ids = this.ids.slice(0, this.count);
    const ends = this.ends.slice(0, this.count);
    const starts = new Uint32Array(this.count);
    if (this.count > 0) starts.set(ends.subarray(0, this.count - 1), 1);
    return { ids, starts, ends };
  }

  #grow(): void {
    const ids = new Uint32Array(this.ids.length * 2);
    const ends = new Uint32Array(this.ids.length * 2);
    ids.set(this.ids);
    ends.set(this.ends);
    this.ids = ids;
    this.ends = ends;
  }
}
