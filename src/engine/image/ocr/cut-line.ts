import type { RgbImage } from '../../../core/image/pixels';
import type { Point } from './smallest-rectangle';
import type { Corners } from './text-regions';

/** Lines at least this much higher than wide are written downwards, and are laid on their side. */
const UPRIGHT = 1.5;

/** The part of a picture within four corners of a rectangle, straightened, at the picture's own scale (bilinear). */
export function cutLine(picture: RgbImage, [a, b, , d]: Corners): RgbImage {
  const [length, depth] = [Math.hypot(b.x - a.x, b.y - a.y), Math.hypot(d.x - a.x, d.y - a.y)];
  if (depth < UPRIGHT * length) return straighten(picture, a, b, d, length, depth);
  // A quarter turn to the left: the top right corner becomes the top left one.
  return straighten(picture, b, { x: b.x + d.x - a.x, y: b.y + d.y - a.y }, a, depth, length);
}

/** @param right,down the corners beside `origin`, `length` and `depth` away */
function straighten(
  picture: RgbImage,
  origin: Point,
  right: Point,
  down: Point,
  length: number,
  depth: number,
): RgbImage {
  const [width, height] = [Math.max(1, Math.round(length)), Math.max(1, Math.round(depth))];
  const data = new Uint8Array(width * height * 3);
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const [across, along] = [(u + 0.5) / width, (v + 0.5) / height];
      const x = origin.x + across * (right.x - origin.x) + along * (down.x - origin.x) - 0.5;
      const y = origin.y + across * (right.y - origin.y) + along * (down.y - origin.y) - 0.5;
      sample(picture, x, y, data, (v * width + u) * 3);
    }
  }
  return { width, height, data };
}

function sample({ width, height, data }: RgbImage, x: number, y: number, into: Uint8Array, at: number): void {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const row = (r: number) => Math.min(height - 1, Math.max(0, r)) * width;
  const column = (c: number) => Math.min(width - 1, Math.max(0, c));
  for (let c = 0; c < 3; c++) {
    const value = (r: number, k: number) => data[(row(r) + column(k)) * 3 + c]!;
    const above = value(top, left) * (1 - fx) + value(top, left + 1) * fx;
    const below = value(top + 1, left) * (1 - fx) + value(top + 1, left + 1) * fx;
    into[at + c] = Math.round(above * (1 - fy) + below * fy);
  }
}
