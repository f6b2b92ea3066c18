import { enlarged } from '../../core/enlarged';

/** A list of 32-bit numbers that grows. */
export class Numbers {
  #numbers = new Int32Array(1024);
  length = 0;

  push(...numbers: number[]): void {
    if (this.length + numbers.length > this.#numbers.length) {
      this.#numbers = enlarged(this.#numbers);
    }
    for (const number of numbers) this.#numbers[this.length++] = number;
  }

  at(place: number): number {
    return this.#numbers[place]!;
  }

  set(place: number, value: number): void {
    this.#numbers[place] = value;
  }

  /** A view of all of them, valid until more are added. */
  all(): Int32Array {
    return this.#numbers.subarray(0, this.length);
  }
}
