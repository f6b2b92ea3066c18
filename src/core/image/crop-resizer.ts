import type { Rect } from './convert';
import { insideOf } from './crop';
import type { RgbImage } from './pixels';
import { BicubicResizer } from './resize';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Resizes a rectangle of a picture to a model's input, row by row; what lies outside of the picture is white. */
export class CropResizer {
  /** The part of the rectangle whose rows it is given. */
  readonly inner: Rect;
  readonly #rect: Rect;
  readonly #resizer: BicubicResizer;

  constructor(rect: Rect, picture: Size, target: Size) {
    this.inner = insideOf(rect, picture);
    this.#rect = rect;
    this.#resizer = new BicubicResizer(rect.width, rect.height, target.width, target.height);
    this.#white(this.inner.y - rect.y);
  }

  /** Takes the next rows of `inner`: any whole number of them, 8-bit RGB. */
  push(rows: Uint8Array): void {
    const { inner } = this;
    const { x, width } = this.#rect;
    if (inner.width === width) {
      this.#resizer.push(rows);
      return;
    }
    const count = rows.length / (inner.width * 3);
    const padded = new Uint8Array(count * width * 3).fill(255);
    for (let row = 0; row < count; row++) {
      const from = row * inner.width * 3;
      padded.set(rows.subarray(from, from + inner.width * 3), (row * width + inner.x - x) * 3);
    }
    this.#resizer.push(padded);
  }

  /** The model's input, after all rows have been pushed. */
  finish(): RgbImage {
    this.#white(this.#rect.y + this.#rect.height - this.inner.y - this.inner.height);
    return this.#resizer.finish();
  }

  #white(rows: number): void {
    if (rows <= 0) return;
    const row = new Uint8Array(this.#rect.width * 3).fill(255);
    for (let i = 0; i < rows; i++) this.#resizer.push(row);
  }
}
