import bidiFactory from 'bidi-js';
import { RTL_PARAGRAPH } from './levels';
import type { TokenSequence } from './token-sequence';

const bidi = bidiFactory();

/** The deepest level that is distinguished. */
const DEEPEST = 3;

/** Hebrew to Arabic Extended, the marks and embeddings, presentation forms, and the scripts beyond U+FFFF. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802\ud803\ud83a\ud83b]/;

/** UTF-16 units of a line that are resolved at once; a longer line keeps its first stretch's direction. */
const STRETCH = 4096;

/** Lines between two yields. */
const SLICE = 256;

/**
 * How the tokens of a text are ordered on screen: for each token its embedding level (Unicode UAX 9), and whether its
 * paragraph runs from right to left. A token has one level. Yields now and then; returns undefined for a text that runs
 * entirely from left to right.
 */
export function* tokenLevels(
  text: string,
  bytes: Uint8Array,
  { starts, ends }: TokenSequence,
): Generator<void, Uint8Array | undefined, void> {
  if (!RIGHT_TO_LEFT.test(text)) return undefined;
  const levels = new Uint8Array(starts.length);
  let token = 0;
  let byte = 0;
  let lines = 0;
  for (let unit = 0; unit < text.length; ) {
    const next = nextLine(text, unit);
    const line = text.slice(unit, next);
    const size = utf8Size(line);
    if (RIGHT_TO_LEFT.test(line)) {
      const resolved = lineLevels(line);
      const byByte = spread(line, resolved.levels, size);
      for (; token < starts.length && starts[token]! < byte + size; token++) {
        const from = Math.max(0, starts[token]! - byte);
        const to = Math.min(size, ends[token]! - byte);
        levels[token] = levelWithin(bytes, byte, byByte, from, to) | resolved.paragraph;
      }
    } else while (token < starts.length && starts[token]! < byte + size) token++;
    unit = next;
    byte += size;
    if (++lines % SLICE === 0) yield;
  }
  return levels;
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

/** Levels of a line's UTF-16 units, 0 to 3, and the flag of its paragraph. */
function lineLevels(line: string): { levels: Uint8Array; paragraph: number } {
  const levels = new Uint8Array(line.length);
  let base: 'ltr' | 'rtl' | undefined;
  for (let at = 0; at < line.length; at += STRETCH) {
    const stretch = line.slice(at, at + STRETCH);
    const { levels: resolved, paragraphs } = bidi.getEmbeddingLevels(stretch, base);
    base ??= (paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr';
    // Deeper embeddings are rare, and a row needs only the direction.
    resolved.forEach((level, i) => {
      levels[at + i] = level > DEEPEST ? 2 + (level % 2) : level;
    });
  }
  return { levels, paragraph: base === 'rtl' ? RTL_PARAGRAPH : 0 };
}

/** The levels of a line's bytes. */
function spread(line: string, levels: Uint8Array, size: number): Uint8Array {
  const byByte = new Uint8Array(size);
  let at = 0;
  for (let unit = 0; unit < line.length; unit++) {
    const code = line.codePointAt(unit)!;
    const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    byByte.fill(levels[unit]!, at, at + length);
    at += length;
    if (length === 4) unit++;
  }
  return byByte;
}

/** The level of a stretch's first character that is not a space, control or general punctuation; else of its first. */
function levelWithin(bytes: Uint8Array, begin: number, levels: Uint8Array, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const byte = bytes[begin + i]!;
    if (byte <= 0x20) continue;
    if (byte !== 0xe2 || bytes[begin + i + 1]! >> 1 !== 0x40) return levels[i]!;
    i += 2;
  }
  return levels[from] ?? 0;
}

function utf8Size(line: string): number {
  let size = 0;
  for (let i = 0; i < line.length; i++) {
    const unit = line.charCodeAt(i);
    // Each half of a pair counts for two of its four bytes; the text is well-formed.
    size += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return size;
}
