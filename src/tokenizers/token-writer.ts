import { enlarged } from '../core/enlarged';
import type { TokenSequence } from '../core/text/token-sequence';

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
    this.ids = enlarged(this.ids);
    this.ends = enlarged(this.ends);
  }
}

/** Collects tokens whose spans may overlap or leave gaps. Grows as needed. */
export class SpanWriter {
  #ids: Uint32Array;
  #starts: Uint32Array;
  #ends: Uint32Array;
  #count = 0;

  /** @param expected a guess at the number of tokens */
  constructor(expected: number) {
    const capacity = Math.max(16, expected);
    this.#ids = new Uint32Array(capacity);
    this.#starts = new Uint32Array(capacity);
    this.#ends = new Uint32Array(capacity);
  }

  push(id: number, start: number, end: number): void {
    if (this.#count === this.#ids.length) {
      this.#ids = enlarged(this.#ids);
      this.#starts = enlarged(this.#starts);
      this.#ends = enlarged(this.#ends);
    }
    this.#ids[this.#count] = id;
    this.#starts[this.#count] = start;
    this.#ends[this.#count++] = end;
  }

  get count(): number {
    return this.#count;
  }

  finish(): TokenSequence {
    return {
      ids: this.#ids.slice(0, this.#count),
      starts: this.#starts.slice(0, this.#count),
      ends: this.#ends.slice(0, this.#count),
    };
  }
}
