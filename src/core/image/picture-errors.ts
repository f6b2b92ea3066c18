import { TokenoscopeError } from '../errors';
import type { SvgScan } from './formats/svg-scan';

/** Larger pictures are refused: decoded they would take over 400 MB. */
const MOST_PIXELS = 100_000_000;

/** An SVG's whole file; larger ones are not read. */
export const MOST_SVG_BYTES = 24_000_000;

/** Limits for an SVG: the page itself parses and lays it out and is blocked meanwhile. */
const svgLimits = {
  /** Of its text, without comments, metadata and embedded pictures. */
  markup: 6_000_000,
  /** Elements as drawn, repeats included: `SvgScan.drawn`. */
  drawn: 25_000,
} as const;

const count = (value: number) => value.toLocaleString('en');

/** `"name"`, or a description where a pasted picture has none. */
export function quoteName(name: string): string {
  return name === '' ? 'This file' : `"${name}"`;
}

/** For pictures with a good header whose content a decoder refuses. */
export function damagedPicture(name: string, format: string): TokenoscopeError {
  return new TokenoscopeError(
    'not-an-image',
    `${quoteName(name)} looks like a ${format} file, but its picture could not be decoded.`,
    'The file may be damaged, or use a variant that this browser does not know. Save it again as PNG or JPEG.',
  );
}

const CUT = 'Get the file again: the download or copy was probably cut off.';

/** For an incomplete file of which nothing can be shown. */
export function truncatedPicture(name: string, format: string): TokenoscopeError {
  return new TokenoscopeError(
    'image-truncated',
    `${quoteName(name)} is a ${format} file that ends too early: part of the picture is missing.`,
    CUT,
  );
}

/** For a file that ends before its picture's size. */
export function headlessPicture(name: string, bytes: number): TokenoscopeError {
  return new TokenoscopeError(
    'image-truncated',
    `${quoteName(name)} ends after ${count(bytes)} bytes, before its picture begins.`,
    CUT,
  );
}

/** Refuses pictures of more than 100 megapixels. @throws TokenoscopeError `image-too-large` */
export function checkPixels(name: string, width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return;
  const megapixels = Math.round((width * height) / 1e6);
  throw new TokenoscopeError(
    'image-too-large',
    `${quoteName(name)} is ${count(width)} x ${count(height)} pixels (${count(megapixels)} megapixels); at most 100 megapixels can be opened.`,
    'Make it smaller first, for example to 4,000 pixels on its longer side: the models see far fewer anyway.',
  );
}

const EXPORT = 'Export it as PNG in the program that made it, and open that.';

/** For SVGs that would block the page. */
export function tooLargeSvg(name: string, why: string): TokenoscopeError {
  return new TokenoscopeError('image-too-large', `${quoteName(name)} is too large an SVG: ${why}.`, EXPORT);
}

/** Refuses an SVG by the size of its file. @throws TokenoscopeError `image-too-large` */
export function checkSvgBytes(name: string, bytes: number): void {
  if (bytes > MOST_SVG_BYTES) {
    throw tooLargeSvg(name, `${megabytes(bytes)}; at most ${megabytes(MOST_SVG_BYTES)} can be opened`);
  }
}

/** Refuses an SVG that would take long to lay out. @throws TokenoscopeError `image-too-large` */
export function checkSvg(name: string, { drawn, elements, markup }: SvgScan): void {
  if (drawn > svgLimits.drawn) {
    const most = `at most about ${count(svgLimits.drawn)} can be drawn`;
    throw tooLargeSvg(
      name,
      elements > svgLimits.drawn
        ? `it has ${count(elements)} elements; ${most}`
        : `its ${count(elements)} elements repeat one another ${times(drawn)}; ${most}`,
    );
  }
  if (markup > svgLimits.markup) {
    throw tooLargeSvg(
      name,
      `it has ${megabytes(markup)} of shapes; at most ${megabytes(svgLimits.markup)} can be drawn`,
    );
  }
}

function times(drawn: number): string {
  return Number.isFinite(drawn) && drawn < 1e15
    ? `until there are ${count(Number(drawn.toPrecision(2)))}`
    : 'without end';
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toPrecision(bytes < 1e7 ? 2 : 3)} MB`;
}
