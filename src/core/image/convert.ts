import type { RgbaImage, RgbImage } from './pixels';

/** A rectangle in whole pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The largest centred part of a picture with the target's proportions; for a square, x = (w - s) // 2. */
export function centreCrop(
  picture: { readonly width: number; readonly height: number },
  target: { readonly width: number; readonly height: number },
): Rect {
  const scale = Math.min(picture.width / target.width, picture.height / target.height);
  const width = Math.min(picture.width, Math.max(1, Math.round(target.width * scale)));
  const height = Math.min(picture.height, Math.max(1, Math.round(target.height * scale)));
  return {
    x: Math.floor((picture.width - width) / 2),
    y: Math.floor((picture.height - height) / 2),
    width,
    height,
  };
}

/** Lays straight-alpha RGBA over white: (c*a + 255*(255-a) + 127) / 255, rounded down. */
export function overWhite(rgba: RgbaImage): { readonly image: RgbImage; readonly transparent: boolean } {
  const { width, height, data: from } = rgba;
  const data = new Uint8Array(width * height * 3);
  let transparent = false;
  for (let i = 0, j = 0; i < from.length; i += 4) {
    const alpha = from[i + 3]!;
    if (alpha === 255) {
      data[j++] = from[i]!;
      data[j++] = from[i + 1]!;
      data[j++] = from[i + 2]!;
      continue;
    }
    transparent = true;
    const white = 255 * (255 - alpha) + 127;
    data[j++] = Math.floor((from[i]! * alpha + white) / 255);
    data[j++] = Math.floor((from[i + 1]! * alpha + white) / 255);
    data[j++] = Math.floor((from[i + 2]! * alpha + white) / 255);
  }
  return { image: { width, height, data }, transparent };
}

/** Opaque RGBA of an RGB picture, for `ImageData`. */
export function toRgba(image: RgbImage): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(image.width * image.height * 4);
  for (let i = 0, j = 0; i < image.data.length; j += 4) {
    rgba[j] = image.data[i++]!;
    rgba[j + 1] = image.data[i++]!;
    rgba[j + 2] = image.data[i++]!;
    rgba[j + 3] = 255;
  }
  return rgba;
}

/** RGB of an RGBA picture whose alpha is known to be 255. */
export function dropAlpha(rgba: RgbaImage): RgbImage {
  const data = new Uint8Array(rgba.width * rgba.height * 3);
  for (let i = 0, j = 0; i < data.length; j += 4) {
    data[i++] = rgba.data[j]!;
    data[i++] = rgba.data[j + 1]!;
    data[i++] = rgba.data[j + 2]!;
  }
  return { width: rgba.width, height: rgba.height, data };
}

/** Planar float32 [3, height, width] in [0, 1], as the encoders take it. */
export function toPlanar(image: RgbImage): Float32Array {
  const plane = image.width * image.height;
  const planar = new Float32Array(plane * 3);
  for (let i = 0; i < plane; i++) {
    planar[i] = image.data[i * 3]! / 255;
    planar[plane + i] = image.data[i * 3 + 1]! / 255;
    planar[2 * plane + i] = image.data[i * 3 + 2]! / 255;
  }
  return planar;
}

/** The inverse of `toPlanar`: clamps to [0, 1] and rounds half up. NaN becomes 0. */
export function fromPlanar(planar: Float32Array, width: number, height: number): RgbImage {
  const plane = width * height;
  const data = new Uint8ClampedArray(plane * 3);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < plane; i++) {
      data[i * 3 + channel] = Math.floor(planar[channel * plane + i]! * 255 + 0.5);
    }
  }
  return { width, height, data: new Uint8Array(data.buffer) };
}
