import type { ClipFrames } from './clip.api';

/** Draws a clip's frames on one canvas, enlarged. */
export class ClipCanvas {
  readonly canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #small: OffscreenCanvas;

  constructor({ width, height, scale, squares }: ClipFrames) {
    this.canvas = new OffscreenCanvas(width * scale, height * scale);
    this.#small = new OffscreenCanvas(width, height);
    this.#context = this.canvas.getContext('2d', { willReadFrequently: true })!;
    this.#context.imageSmoothingEnabled = !squares;
    this.#context.imageSmoothingQuality = 'high';
  }

  draw(rgba: Uint8ClampedArray<ArrayBuffer>): void {
    const { width, height } = this.#small;
    this.#small.getContext('2d')!.putImageData(new ImageData(rgba, width, height), 0, 0);
    this.#context.drawImage(this.#small, 0, 0, this.canvas.width, this.canvas.height);
  }

  /** What was drawn: RGBA of the enlarged size. */
  pixels(): Uint8ClampedArray {
    return this.#context.getImageData(0, 0, this.canvas.width, this.canvas.height).data;
  }
}
