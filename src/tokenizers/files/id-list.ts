import { enlarged } from '../../core/enlarged';

/** A list of 32-bit numbers that grows. */
export class IdList {
  length = 0;
  #values = new Int32Array(1 << 12);

  /** Appends three numbers. */
  push3(a: number, b: number, c: number): void {
    if (this.length + 3 > this.#values.length) this.#values = enlarged(this.#values);
    this.#values[this.length] = a;
    this.#values[this.length + 1] = b;
    this.#values[this.length + 2] = c;
    this.length += 3;
  }

  /** The numbers, as a view. */
  finish(): Int32Array {
    return this.#values.subarray(0, this.length);
  }
}
