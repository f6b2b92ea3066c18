/** Puts RGBA pixels on a canvas, in its own size. */
export function paint(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  rgba: Uint8ClampedArray<ArrayBuffer>,
): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  delete canvas.dataset.blank;
  canvas.getContext('2d', { alpha: false })?.putImageData(new ImageData(rgba, width, height), 0, 0);
}

/** Hides a canvas until the next `paint`. */
export function blank(canvas: HTMLCanvasElement): void {
  canvas.dataset.blank = '';
}

/** How much the difference picture is brightened. */
export const DIFFERENCE_GAIN = 4;

/** The absolute difference of two RGBA pictures of the same size, brightened; black where they agree. */
export function difference(a: Uint8ClampedArray, b: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(a.length);
  for (let i = 0; i < a.length; i++) out[i] = (i & 3) === 3 ? 255 : Math.abs(a[i]! - b[i]!) * DIFFERENCE_GAIN;
  return out;
}
