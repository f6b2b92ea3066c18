import { centreCrop, type Rect } from './convert';

/**
 * The part of a picture that a model gets: a square in whole pixels of the picture as it is displayed (after EXIF
 * rotation). Along a side that is shorter than the square, the picture is centred in it; what lies outside is white.
 */
export interface CropSquare {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The largest square within a picture, at its centre: what is used where nothing else is said. */
export function centreSquare(picture: Size): CropSquare {
  const { x, y, width } = centreCrop(picture, { width: 1, height: 1 });
  return { x, y, size: width };
}

/** The smallest square around a whole picture. */
export function wholeSquare(picture: Size): CropSquare {
  return fitSquare({ x: 0, y: 0, size: Math.max(picture.width, picture.height) }, picture);
}

/** The nearest square that a picture has: of 1 pixel up to its longer side, and over its edges only where it must be. */
export function fitSquare({ x, y, size }: CropSquare, { width, height }: Size): CropSquare {
  const fitted = clamp(Math.round(size), 1, Math.max(width, height));
  return { x: place(x, fitted, width), y: place(y, fitted, height), size: fitted };
}

function place(from: number, size: number, length: number): number {
  return size >= length ? Math.floor((length - size) / 2) : clamp(Math.round(from), 0, length - size);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

export function sameSquare(a: CropSquare | undefined, b: CropSquare | undefined): boolean {
  return a === b || (a?.x === b?.x && a?.y === b?.y && a?.size === b?.size);
}

/** A picture's square as it is kept: undefined for the centre, which needs no mention. */
export function keptSquare(crop: CropSquare, picture: Size): CropSquare | undefined {
  const fitted = fitSquare(crop, picture);
  return sameSquare(fitted, centreSquare(picture)) ? undefined : fitted;
}

/**
 * The rectangle of a picture that becomes a model's input.
 * @param crop in pixels of `declared`; the centre where it is undefined
 * @param declared the picture's size, where `picture` is a drawing of it at another one (an SVG)
 */
export function cropRect(
  crop: CropSquare | undefined,
  picture: Size,
  target: Size,
  declared: Size = picture,
): Rect {
  if (!crop) return centreCrop(picture, target);
  const { x, y, size } = fitSquare(crop, declared);
  const scale = picture.width / declared.width;
  const square = fitSquare({ x: x * scale, y: y * scale, size: size * scale }, picture);
  const within = centreCrop({ width: square.size, height: square.size }, target);
  return { ...within, x: square.x + within.x, y: square.y + within.y };
}

/** The part of a rectangle that lies within the picture. */
export function insideOf({ x, y, width, height }: Rect, picture: Size): Rect {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const right = Math.min(picture.width, x + width);
  const bottom = Math.min(picture.height, y + height);
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}
