import { TokenoscopeError } from '../errors';
import { inspectAvif, isoBrands } from './formats/avif';
import { inspectBmp } from './formats/bmp';
import { EndOfData, type PictureInfo } from './formats/bytes';
import { inspectGif } from './formats/gif';
import { inspectJpeg } from './formats/jpeg';
import { inspectPng } from './formats/png';
import { inspectSvg, looksLikeSvg } from './formats/svg';
import { inspectWebp } from './formats/webp';

/** Larger pictures are refused: decoded they would take over 400 MB. */
const MAX_PIXELS = 100_000_000;

const SUPPORTED = 'Open a PNG, JPEG, WebP, AVIF, GIF, BMP or SVG file.';

/** Well-known files that are often taken for pictures that browsers can show. */
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

/** `"name"`, or words where a pasted picture has none. */
function quoteName(name: string): string {
  return name === '' ? 'This file' : `"${name}"`;
}

const count = (value: number) => value.toLocaleString('en');

function latin1(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}

/** What a file that is no picture seems to be, in words; undefined where it cannot be told. */
function describeOther(bytes: Uint8Array): string | undefined {
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

function inspect(bytes: Uint8Array): PictureInfo | undefined {
  const head = latin1(bytes, 16);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return inspectPng(bytes);
  if (head.startsWith('\xff\xd8\xff')) return inspectJpeg(bytes);
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return inspectGif(bytes);
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return inspectWebp(bytes);
  if (head.startsWith('BM') && bytes[14] !== undefined && bytes[14] >= 12 && bytes[15] === 0) {
    return inspectBmp(bytes);
  }
  const brands = isoBrands(bytes);
  if (brands?.includes('avif') || brands?.includes('avis')) return inspectAvif(bytes, brands);
  const start = new TextDecoder().decode(bytes.subarray(0, 16_384));
  return looksLikeSvg(start) ? inspectSvg(new TextDecoder().decode(bytes)) : undefined;
}

/**
 * Tells what a file is and how large its picture is, from its bytes alone and without decoding.
 * @param name for messages; empty where there is none
 * @throws TokenoscopeError `not-an-image`, `image-truncated`, `image-too-large`
 */
export function inspectPicture(bytes: Uint8Array, name: string): PictureInfo {
  const file = quoteName(name);
  if (bytes.length === 0)
    throw new TokenoscopeError('not-an-image', `${file} is empty (0 bytes).`, SUPPORTED);
  let info: PictureInfo | undefined;
  try {
    info = inspect(bytes);
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
    throw new TokenoscopeError(
      'image-truncated',
      `${file} ends after ${count(bytes.length)} bytes, before its picture begins.`,
      'Get the file again: the download or copy was probably cut off.',
    );
  }
  if (!info) {
    const what = describeOther(bytes);
    const words = what ? `it is ${what}` : 'its first bytes belong to no known format';
    throw new TokenoscopeError('not-an-image', `${file} cannot be opened as a picture: ${words}.`, SUPPORTED);
  }
  const { format, width, height } = info;
  if (format !== 'SVG' && width * height > MAX_PIXELS) {
    const megapixels = Math.round((width * height) / 1e6);
    throw new TokenoscopeError(
      'image-too-large',
      `${file} is ${count(width)} x ${count(height)} pixels (${count(megapixels)} megapixels); at most 100 megapixels can be opened.`,
      'Make it smaller first, for example to 4,000 pixels on its longer side: the models see far fewer anyway.',
    );
  }
  if (info.truncated) {
    throw new TokenoscopeError(
      'image-truncated',
      `${file} is a ${format} file that ends too early: part of the picture is missing.`,
      'Get the file again: the download or copy was probably cut off.',
    );
  }
  if (width < 1 || height < 1) throw damagedPicture(name, format);
  return info;
}

/** For pictures whose header is fine and whose content a decoder refuses. */
export function damagedPicture(name: string, format: string): TokenoscopeError {
  return new TokenoscopeError(
    'not-an-image',
    `${quoteName(name)} looks like a ${format} file, but its picture could not be decoded.`,
    'The file may be damaged, or use a variant that this browser does not know. Save it again as PNG or JPEG.',
  );
}
