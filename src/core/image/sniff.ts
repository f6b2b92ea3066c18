import { TokenoscopeError } from '../errors';
import { inspectAvif, isoBrands } from './formats/avif';
import { inspectBmp } from './formats/bmp';
import { EndOfData, type PictureFormat, type PictureInfo } from './formats/bytes';
import { inspectGif } from './formats/gif';
import { inspectJpeg } from './formats/jpeg';
import { inspectPng } from './formats/png';
import { describeSvg, readSvgText, type SvgText } from './formats/svg';
import { scanSvg } from './formats/svg-scan';
import { inspectWebp } from './formats/webp';
import {
  checkPixels,
  checkSvg,
  checkSvgBytes,
  damagedPicture,
  headlessPicture,
  MOST_SVG_BYTES,
  quoteName,
} from './picture-errors';

const SUPPORTED = 'Open a PNG, JPEG, WebP, AVIF, GIF, BMP or SVG file.';

/** Well-known formats that are often mistaken for pictures that browsers can show. */
const OTHERS: readonly { readonly name: string; readonly magic: readonly (string | number)[] }[] = [
  { name: 'a PDF document', magic: ['%PDF'] },
  { name: 'a TIFF picture', magic: ['II*\0', 'MM\0*'] },
  { name: 'a Photoshop file', magic: ['8BPS'] },
  { name: 'a JPEG XL picture', magic: ['\xff\x0a', '\0\0\0\x0cJXL '] },
  { name: 'a Windows icon', magic: ['\0\0\x01\0'] },
  { name: 'a ZIP archive or Office document', magic: ['PK\x03\x04'] },
  { name: 'a gzip archive', magic: ['\x1f\x8b'] },
  { name: 'a Matroska or WebM video', magic: ['\x1aE\xdf\xa3'] },
];

function latin1(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}

/** What a file that is not a picture seems to be, by its first bytes and in words; undefined if unknown. */
export function describeFile(bytes: Uint8Array): string | undefined {
  const head = latin1(bytes, 16);
  const known = OTHERS.find(({ magic }) => magic.some((start) => head.startsWith(String(start))));
  if (known) return known.name;
  const brands = isoBrands(bytes);
  if (brands?.some((brand) => /^(hei|hev|mif1|msf1)/.test(brand)))
    return 'a HEIC picture, which browsers cannot show';
  if (brands) return 'a video';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, 1024), { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text
    if (!/[\0-\x08\x0e-\x1f]/.test(text))
      return /^\s*<(!doctype html|html)/i.test(text) ? 'a web page' : 'text';
  } catch {
    // not UTF-8: binary
  }
  return undefined;
}

/** The format of a picture by its first bytes, SVG apart. */
function formatOf(bytes: Uint8Array): Exclude<PictureFormat, 'SVG'> | undefined {
  const head = latin1(bytes, 16);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (head.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'GIF';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'WebP';
  if (head.startsWith('BM') && bytes[14] !== undefined && bytes[14] >= 12 && bytes[15] === 0) return 'BMP';
  const brands = isoBrands(bytes);
  return brands?.includes('avif') || brands?.includes('avis') ? 'AVIF' : undefined;
}

/**
 * Whether a file is one of the pictures that can be opened.
 * @param head its first bytes, a few kilobytes
 * @param name used when an SVG begins with a long comment
 */
export function looksLikePicture(head: Uint8Array, name: string): boolean {
  if (formatOf(head) || readSvgText(head)) return true;
  return /\.svg$/i.test(name) && /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*</.test(latin1(head, 64));
}

const inspectors = {
  PNG: inspectPng,
  JPEG: inspectJpeg,
  GIF: inspectGif,
  WebP: inspectWebp,
  BMP: inspectBmp,
};

function inspect(bytes: Uint8Array, name: string): PictureInfo | undefined {
  const format = formatOf(bytes);
  if (format === 'AVIF') return inspectAvif(bytes, isoBrands(bytes) ?? []);
  if (format) return inspectors[format](bytes);
  // The beginning of a larger file is enough to refuse it.
  const svg = readSvgText(bytes.length > MOST_SVG_BYTES ? bytes.subarray(0, 4_096) : bytes);
  return svg && inspectSvg(svg, name, bytes.length);
}

function inspectSvg({ text, root }: SvgText, name: string, bytes: number): PictureInfo {
  checkSvgBytes(name, bytes);
  const steps = scanSvg(text, root);
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (step.value.elements === 0) throw new EndOfData();
  checkSvg(name, step.value);
  return describeSvg(step.value);
}

/**
 * Finds out what a file is and how large its picture is, from its bytes alone and without decoding. An incomplete file
 * is `truncated`: `mendPicture` may complete it.
 * @param name for messages; empty where there is none
 * @throws TokenoscopeError `not-an-image`, `image-too-large`, and `image-truncated` where it ends before its picture begins
 */
export function inspectPicture(bytes: Uint8Array, name: string): PictureInfo {
  const file = quoteName(name);
  if (bytes.length === 0)
    throw new TokenoscopeError('not-an-image', `${file} is empty (0 bytes).`, SUPPORTED);
  let info: PictureInfo | undefined;
  try {
    info = inspect(bytes, name);
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
    throw headlessPicture(name, bytes.length);
  }
  if (!info) {
    const what = describeFile(bytes);
    const words = what ? `it is ${what}` : 'its first bytes belong to no known format';
    throw new TokenoscopeError('not-an-image', `${file} cannot be opened as a picture: ${words}.`, SUPPORTED);
  }
  const { format, width, height } = info;
  if (format !== 'SVG') checkPixels(name, width, height);
  if (width < 1 || height < 1) {
    throw info.truncated ? headlessPicture(name, bytes.length) : damagedPicture(name, format);
  }
  return info;
}
