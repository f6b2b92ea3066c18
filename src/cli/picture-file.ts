import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { TokenoscopeError } from '../core/errors';
import { fitPicture } from '../core/image/fit-picture';
import type { PictureFormat } from '../core/image/formats/bytes';
import { mendSvg, readSvgText } from '../core/image/formats/svg';
import { scanSvg } from '../core/image/formats/svg-scan';
import { mendPicture } from '../core/image/mend';
import { damagedPicture, quoteName, truncatedPicture } from '../core/image/picture-errors';
import type { RgbaImage, RgbImage } from '../core/image/pixels';
import { inspectPicture } from '../core/image/sniff';
import { drain } from '../tokenizers/files/steps';
import { decodeBmp } from './bmp';
import type { AskedCrop } from './crop-argument';
import { pngColour } from './png-colour';

/** As on the page: an SVG is drawn with about this many pixels on its shorter side. */
const SVG_SHORT_SIDE = 1024;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Reads a picture as the page does: EXIF rotation, first frame, sRGB, over white, centre crop, bicubic. Where the pixels
 * differ from the page's anyway is listed in docs/pictures.md.
 * @param target the model's input size
 * @param crop which square of the picture to take instead of its centre
 * @throws TokenoscopeError `not-an-image`, `image-truncated`, `image-too-large`, `bad-arguments` for a square outside
 */
export async function readPictureFile(path: string, target: Size, crop?: AskedCrop): Promise<RgbImage> {
  return (await readSizedPicture(path, target, crop)).image;
}

/** The same, with the size of the file's picture after EXIF rotation. */
export async function readSizedPicture(
  path: string,
  target: Size,
  crop?: AskedCrop,
): Promise<{ readonly image: RgbImage; readonly source: Size }> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new TokenoscopeError('not-an-image', `${path} could not be read.`, 'Check the path.', { cause });
  }
  const name = basename(path);
  const info = inspectPicture(bytes, name);
  const { format, truncated } = info;
  const whole = truncated && format !== 'SVG' ? mendPicture(bytes, format) : bytes;
  if (!whole) throw truncatedPicture(name, format);
  try {
    const picture = await decode(whole, format, info, name);
    const { width, height } = format === 'SVG' ? info : picture;
    const source = { width, height };
    return { image: fitPicture(picture, target, crop?.(source), source), source };
  } catch (error) {
    if (error instanceof TokenoscopeError) throw error;
    throw truncated ? truncatedPicture(name, format) : damagedPicture(name, format);
  }
}

async function decode(
  bytes: Uint8Array,
  format: PictureFormat,
  size: Size,
  name: string,
): Promise<RgbaImage> {
  if (format === 'BMP') return decodeBmp(bytes);
  if (format === 'SVG') return drawSvg(bytes, size);
  // Browsers tolerate smaller faults, and so does this.
  const options = { limitInputPixels: false, failOn: 'none', pages: 1 } as const;
  if (format === 'JPEG') {
    const { space, icc } = await sharp(bytes, options).metadata();
    if (space === 'cmyk' && !icc) return decodeCmyk(bytes);
  }
  const colour = format === 'PNG' ? pngColour(bytes) : undefined;
  if (colour?.hdr) {
    throw new TokenoscopeError(
      'not-an-image',
      `${quoteName(name)} is an HDR picture (PQ or HLG), which the command line cannot map to a screen.`,
      'Save it as a PNG in sRGB, or open it in the page.',
    );
  }
  const picture = sharp(bytes, { ...options, ignoreIcc: colour?.ignoreProfile ?? false });
  // Chromium honours the tag in JPEG, PNG and AVIF, and ignores it in WebP.
  const image = await pixels(format === 'WebP' ? picture : picture.autoOrient());
  colour?.apply?.(image.data);
  return image;
}

/** CMYK without a profile, as browsers show it: each ink takes its share of the light. */
async function decodeCmyk(bytes: Uint8Array): Promise<RgbaImage> {
  const { data, info } = await sharp(bytes, { limitInputPixels: false, failOn: 'none' })
    .pipelineColourspace('cmyk')
    .autoOrient()
    .toColourspace('cmyk')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const rgba = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const light = 255 - data[i + 3]!;
    for (let c = 0; c < 3; c++) rgba[i + c] = Math.floor(((255 - data[i + c]!) * light) / 255);
    rgba[i + 3] = 255;
  }
  return { width: info.width, height: info.height, data: rgba };
}

async function drawSvg(bytes: Uint8Array, { width, height }: Size): Promise<RgbaImage> {
  const svg = readSvgText(bytes);
  if (!svg) throw new RangeError('not an SVG');
  const source = mendSvg(svg, drain(scanSvg(svg.text, svg.root)));
  const density = (72 * SVG_SHORT_SIDE) / Math.min(width, height);
  return pixels(sharp(Buffer.from(source), { limitInputPixels: false, density }));
}

async function pixels(picture: Sharp): Promise<RgbaImage & { readonly data: Uint8Array }> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
