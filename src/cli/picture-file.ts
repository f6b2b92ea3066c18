import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import sharp, { type OutputInfo } from 'sharp';
import { TokenoscopeError } from '../core/errors';
import { centreCrop, overWhite } from '../core/image/convert';
import { damagedPicture } from '../core/image/picture-errors';
import type { RgbImage } from '../core/image/pixels';
import { BicubicResizer } from '../core/image/resize';
import { inspectPicture } from '../core/image/sniff';

/** As on the page: an SVG is drawn with about this many pixels on its shorter side. */
const SVG_SHORT_SIDE = 1024;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Reads a picture as the page does: EXIF rotation, first frame, sRGB, over white, centre crop, bicubic.
 * @param target the model's input size
 * @throws TokenoscopeError `not-an-image`, `image-truncated`, `image-too-large`
 */
export async function readPictureFile(path: string, target: Size): Promise<RgbImage> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new TokenoscopeError('not-an-image', `${path} could not be read.`, 'Check the path.', { cause });
  }
  const name = basename(path);
  const { format, width, height } = inspectPicture(bytes, name);
  if (format === 'BMP') {
    throw new TokenoscopeError(
      'not-an-image',
      `"${name}" is a BMP file.`,
      'Save it as PNG for the command line.',
    );
  }
  const svg = format === 'SVG' ? { density: (72 * SVG_SHORT_SIDE) / Math.min(width, height) } : {};
  let decoded: { data: Buffer; info: OutputInfo };
  try {
    // Truncation has been found by now; browsers show what little else may be wrong, and so do we.
    const picture = sharp(bytes, { limitInputPixels: false, failOn: 'none', pages: 1, ...svg });
    // Chromium honours the tag in JPEG, PNG and AVIF, and ignores it in WebP.
    decoded = await (format === 'WebP' ? picture : picture.autoOrient())
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
  } catch {
    throw damagedPicture(name, format);
  }
  return shrink(decoded.data, decoded.info, target);
}

function shrink(rgba: Uint8Array, { width, height }: Size, target: Size): RgbImage {
  const crop = centreCrop({ width, height }, target);
  const resizer = new BicubicResizer(crop.width, crop.height, target.width, target.height);
  for (let y = crop.y; y < crop.y + crop.height; y++) {
    const start = (y * width + crop.x) * 4;
    const row = rgba.subarray(start, start + crop.width * 4);
    resizer.push(overWhite({ width: crop.width, height: 1, data: row }).image.data);
  }
  return resizer.finish();
}
