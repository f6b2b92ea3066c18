import { dropAlpha, toRgba } from '../../../core/image/convert';
import type { RgbaImage } from '../../../core/image/pixels';
import { resizeBicubic } from '../../../core/image/resize';
import type { Codec, CodecFacts } from './codec';
import { strangeFile } from './strange-file';

export const facts: CodecFacts = {
  id: 'thumbhash',
  label: 'ThumbHash',
  note: 'A placeholder of about 25 bytes.',
  licence: 'MIT (thumbhash)',
  bytes: 0,
  sizes: 'one',
  place: 5,
};

/** The longest side that its encoder takes. */
const MOST = 100;
/** Header, and the longest rows of coefficients of an opaque picture. */
const SHORTEST = 5;
const LONGEST = 25;

export const codec: Codec = {
  async open() {
    await import('thumbhash');
  },
  async encode(picture) {
    const { rgbaToThumbHash } = await import('thumbhash');
    const { width, height } = picture;
    const scale = Math.min(1, MOST / Math.max(width, height));
    const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
    const small = resized({ width, height, data: picture.rgba }, w, h);
    const bytes = Uint8Array.from(rgbaToThumbHash(w, h, small));
    return { bytes, rgba: await decode(bytes, picture), isSmallest: true };
  },
  decode,
};

async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  size: { readonly width: number; readonly height: number },
) {
  if (bytes.length < SHORTEST || bytes.length > LONGEST) throw strangeFile('ThumbHash', size);
  const { thumbHashToRGBA } = await import('thumbhash');
  const { w, h, rgba } = thumbHashToRGBA(bytes);
  // Its own size is 32 pixels on the longer side.
  if (!(w >= 1 && h >= 1)) throw strangeFile('ThumbHash', size);
  return resized({ width: w, height: h, data: new Uint8ClampedArray(rgba) }, size.width, size.height);
}

function resized(image: RgbaImage, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  return toRgba(resizeBicubic(dropAlpha(image), width, height));
}
