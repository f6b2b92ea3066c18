import type { PictureInfo } from './bytes';
import type { SvgScan } from './svg-scan';
import type { Attribute } from './xml-tag';

/** CSS units in px; fonts are 16 px high by default. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
  em: 16,
  rem: 16,
};

/** Bytes at the start that are looked at to find a text's first character. */
const START = 4_096;

/** The text of an XML document, and where its root element's tag begins. */
export interface SvgText {
  readonly text: string;
  readonly root: number;
}

/**
 * Reads the text of an SVG: UTF-8, UTF-16 with or without a byte-order mark, or what its declaration names. Comments and
 * declarations before the root element may be of any length.
 * @returns undefined where the file is not an SVG
 */
export function readSvgText(bytes: Uint8Array): SvgText | undefined {
  const label = encodingOf(bytes);
  if (label === undefined) return undefined;
  const text = new TextDecoder(label).decode(bytes);
  const root = rootOf(text);
  return root === undefined ? undefined : { text, root };
}

/** The encoding of an XML document; undefined if the bytes do not begin as one. */
function encodingOf(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, START));
  const marked = /^(?:\xff\xfe|\xfe\xff)/.exec(head)?.[0];
  if (marked) return marked === '\xff\xfe' ? 'utf-16le' : 'utf-16be';
  if (head.startsWith('<\0')) return 'utf-16le';
  if (head.startsWith('\0<')) return 'utf-16be';
  if (!/^(?:\xef\xbb\xbf)?\s*</.test(head)) return undefined;
  const declared = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
  try {
    // UTF-16 would have been detected above.
    if (declared && !/^utf-?16/i.test(declared)) return new TextDecoder(declared).encoding;
  } catch {
    // an unknown encoding
  }
  return 'utf-8';
}

/** Where the root element begins, if it is an svg element. */
function rootOf(text: string): number | undefined {
  for (let at = 0; ; ) {
    while (at < text.length && /\s|\uFEFF/.test(text[at]!)) at++;
    let end: number;
    if (text.startsWith('<!--', at)) end = after(text, '-->', at);
    else if (text.startsWith('<?', at)) end = after(text, '?>', at);
    else if (/^<!doctype\s+(?:\w+:)?svg[\s>[]/i.test(text.slice(at, at + 64))) end = doctypeEnd(text, at);
    else return /^<(?:\w+:)?svg[\s>/]/i.test(text.slice(at, at + 64)) ? at : undefined;
    if (end < 0) return undefined;
    at = end;
  }
}

function after(text: string, closing: string, from: number): number {
  const found = text.indexOf(closing, from);
  return found < 0 ? -1 : found + closing.length;
}

/** Past a document type, also one that holds declarations. */
function doctypeEnd(text: string, from: number): number {
  const end = text.indexOf('>', from);
  const bracket = text.indexOf('[', from);
  if (bracket < 0 || end < bracket) return end + 1;
  const close = /\]\s*>/.exec(text.slice(bracket))?.[0];
  return close === undefined ? -1 : after(text, close, bracket);
}

function length(attributes: readonly Attribute[], wanted: string): number | undefined {
  const value = attributes.find(({ name }) => name === wanted)?.value;
  const match = /^\s*\+?([\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(value ?? '');
  const unit = match ? UNITS[match[2]!.toLowerCase()] : undefined;
  const pixels = unit === undefined ? 0 : Number(match![1]) * unit;
  return pixels > 0 && Number.isFinite(pixels) ? pixels : undefined;
}

/** The size that the root element declares: width and height, else the viewBox's, else 300x150 as in CSS. */
function svgSize(attributes: readonly Attribute[]): {
  readonly width: number;
  readonly height: number;
} {
  const box = attributes
    .find(({ name }) => name === 'viewBox')
    ?.value.trim()
    .split(/[\s,]+/)
    .map(Number);
  const [boxWidth, boxHeight] = box?.length === 4 && box[2]! > 0 && box[3]! > 0 ? [box[2]!, box[3]!] : [];
  const declaredWidth = length(attributes, 'width');
  const declaredHeight = length(attributes, 'height');
  const ratio = boxWidth !== undefined && boxHeight !== undefined ? boxWidth / boxHeight : undefined;
  const width =
    declaredWidth ?? (declaredHeight && ratio ? declaredHeight * ratio : undefined) ?? boxWidth ?? 300;
  const height = declaredHeight ?? (ratio ? width / ratio : 150);
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}

/** What is known about an SVG before it is drawn. */
export function describeSvg({ root, open }: SvgScan): PictureInfo {
  return { format: 'SVG', ...svgSize(root.attributes), animated: false, truncated: open.length > 0 };
}

/**
 * An SVG that every renderer accepts: a Unicode document with its size in its root, its namespaces declared, tags that
 * the cut left open closed, and without long comments and metadata.
 */
export function mendSvg({ text }: SvgText, scan: SvgScan): string {
  const { root, dropped, end, open } = scan;
  const { width, height } = svgSize(root.attributes);
  const has = (wanted: string) => root.attributes.some(({ name }) => name === wanted);
  const declared = (['width', 'height'] as const).every((name) => length(root.attributes, name));
  const prefixed = /^<\w+:/.test(text.slice(root.start, root.start + 64));
  let tag = text.slice(root.start, root.end);
  if (!declared) {
    // From the end, so that the places of the others stay valid.
    for (const { name, start, end: stop } of [...root.attributes].reverse()) {
      if (name !== 'width' && name !== 'height') continue;
      tag = tag.slice(0, start - root.start) + tag.slice(stop - root.start);
    }
  }
  const more = [
    ...(declared ? [] : [`width="${width}" height="${height}"`]),
    ...(prefixed || has('xmlns') ? [] : ['xmlns="http://www.w3.org/2000/svg"']),
    ...(has('xmlns:xlink') ? [] : ['xmlns:xlink="http://www.w3.org/1999/xlink"']),
  ];
  tag = tag.replace(/\s*\/?>$/, (closing) => ` ${more.join(' ')}${closing}`);
  const pieces = [doctypeOf(text.slice(0, root.start)), tag];
  let at = root.end;
  for (const [start, stop] of dropped) {
    pieces.push(text.slice(at, start));
    at = stop;
  }
  pieces.push(text.slice(at, Math.max(at, end)), ...[...open].reverse().map((name) => `</${name}>`));
  return pieces.join('');
}

/** The document type, which may declare entities; everything else before the root is dropped. */
function doctypeOf(prologue: string): string {
  const rest = prologue.replace(/<!--[\s\S]*?-->/g, '');
  const at = rest.search(/<!doctype/i);
  return at < 0 ? '' : rest.slice(at, doctypeEnd(rest, at));
}
