import { type CropSquare, centreSquare, fitSquare, sameSquare, wholeSquare } from '../../../core/image/crop';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A corner of the square, or its inside: -1 is left or top, 1 right or bottom, 0 neither. */
export interface Grip {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

export const CORNERS: readonly Grip[] = [
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: -1, y: 1 },
  { x: 1, y: 1 },
];

/** The smallest square that can be chosen by hand: smaller ones could not be aimed at. */
export function leastSize({ width, height }: Size): number {
  return Math.min(width, height, Math.max(16, Math.ceil(Math.max(width, height) / 20)));
}

/** The square that a drag makes of another one: the inside moves it, a corner resizes it and leaves the opposite one. */
export function dragged(from: CropSquare, grip: Grip, dx: number, dy: number, picture: Size): CropSquare {
  if (grip.x === 0) return fitSquare({ ...from, x: from.x + dx, y: from.y + dy }, picture);
  const size = limited(from.size + (grip.x * dx + grip.y * dy) / 2, picture);
  const grown = size - from.size;
  return fitSquare(
    { x: grip.x < 0 ? from.x - grown : from.x, y: grip.y < 0 ? from.y - grown : from.y, size },
    picture,
  );
}

/** The square with another size around the same middle. */
export function resized(from: CropSquare, size: number, picture: Size): CropSquare {
  const to = limited(size, picture);
  const shift = (from.size - to) / 2;
  return fitSquare({ x: from.x + shift, y: from.y + shift, size: to }, picture);
}

/** The square with its middle at a place. */
export function middleAt(from: CropSquare, x: number, y: number, picture: Size): CropSquare {
  return fitSquare({ ...from, x: x - from.size / 2, y: y - from.size / 2 }, picture);
}

/** What a key makes of the square; undefined for keys that mean nothing here. */
export function afterKey(
  square: CropSquare,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  picture: Size,
): CropSquare | undefined {
  const unit = Math.max(1, Math.round(Math.min(picture.width, picture.height) / 100));
  const step = shiftKey ? 10 * unit : unit;
  const move = (dx: number, dy: number) => dragged(square, { x: 0, y: 0 }, dx, dy, picture);
  switch (key) {
    case 'ArrowLeft':
      return move(-step, 0);
    case 'ArrowRight':
      return move(step, 0);
    case 'ArrowUp':
      return move(0, -step);
    case 'ArrowDown':
      return move(0, step);
    // With shift: the same keys on keyboards that need it for one of them.
    case '+':
    case '=':
      return resized(square, square.size + 4 * unit, picture);
    case '-':
    case '_':
      return resized(square, square.size - 4 * unit, picture);
    case 'Home':
      return centreSquare(picture);
    default:
      return undefined;
  }
}

/** The square in words. */
export function describeSquare(square: CropSquare, picture: Size): string {
  if (sameSquare(square, wholeSquare(picture))) return 'The whole picture';
  const pixels = `${square.size} × ${square.size} pixels`;
  if (sameSquare(square, centreSquare(picture))) return `The centre, ${pixels}`;
  return `${pixels}, ${Math.max(0, square.x)} from the left, ${Math.max(0, square.y)} from the top`;
}

function limited(size: number, picture: Size): number {
  return Math.min(Math.max(picture.width, picture.height), Math.max(leastSize(picture), Math.round(size)));
}
