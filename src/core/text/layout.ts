import { characterWidth, HEX_BYTE_WIDTH, idWidth } from './cells';
import { gapStart, type RowLayout, type RowOptions } from './rows';
import { glyphWidth, NO_GLYPHS, type TokenGlyphs } from './token-glyphs';
import type { TokenSequence } from './token-sequence';

/** No row holds more bytes than this; otherwise any number of marks without width could pile up in one row. */
const MAX_ROW_BYTES = 1024;

/** Room kept at the end of a row, into which a line break hangs: one that needs a row of its own looks like two. */
const HANGING = 2;

/** Tokens between two yields of `layoutRows`: about a millisecond. */
const SLICE = 16_384;

/**
 * Lays out a token sequence over the text's UTF-8. Yields now and then, so that the caller can handle
 * other events; returns the rows. Time is linear in the bytes, whatever they are.
 */
export function* layoutRows(
  bytes: Uint8Array,
  sequence: TokenSequence,
  { width, ids }: RowOptions,
  glyphs: TokenGlyphs = NO_GLYPHS,
): Generator<void, RowLayout, void> {
  const rows = new RowWriter();
  const full = Math.max(width, 16);
  const line = full - HANGING;
  const { starts, ends } = sequence;
  const glyphWidths = glyphs.spellings.map(glyphWidth);
  let nextGlyph = 0;
  const count = sequence.ids.length;
  let used = 0;
  let rowBytes = 0;
  const followingOffset = (token: number) =>
    gapStart(sequence, token + 1, bytes.length) - (starts[token + 1] ?? bytes.length);
  const breakAt = (token: number, offset: number) => {
    rows.push(token, offset);
    used = 0;
    rowBytes = 0;
  };
  if (bytes.length > 0) rows.push(0, gapStart(sequence, 0, bytes.length) - (starts[0] ?? bytes.length));
  for (let token = 0; token <= count; token++) {
    if (token % SLICE === SLICE - 1) yield;
    const start = starts[token] ?? bytes.length;
    for (let at = gapStart(sequence, token, bytes.length); at < start; ) {
      const length = Math.max(1, characterLength(bytes, at, start));
      const code = codePointAt(bytes, at, length);
      const size = characterWidth(code, false);
      const room = isLineBreak(code) ? full : line;
      if (used > 0 && (used + size > room || rowBytes + length > MAX_ROW_BYTES)) breakAt(token, at - start);
      used += size;
      rowBytes += length;
      at += length;
      if (endsLine(bytes, code, at) && at < bytes.length) breakAt(token, at - start);
    }
    if (token === count) break;
    const end = ends[token]!;
    const atLeast = ids ? idWidth(sequence.ids[token]!) : 1;
    const glyph = glyphs.tokens[nextGlyph] === token ? nextGlyph++ : -1;
    const lead = glyph < 0 ? 0 : glyphWidths[glyphs.spelling[glyph]!]!;
    if (glyph >= 0 && !glyphs.lost[glyph]) {
      const size = Math.max(atLeast, lead);
      if (used > 0 && (used + size > line || rowBytes + (end - start) > MAX_ROW_BYTES)) breakAt(token, 0);
      used += size;
      rowBytes += end - start;
      continue;
    }
    // A token that fits into a row is kept whole; one that does not begins a row of its own.
    const whole = Math.max(atLeast, lead + widthUpTo(bytes, start, end, line));
    const room = isLineBreak(bytes[start]) ? full : line;
    if (used > 0 && (used + whole > room || rowBytes + (end - start) > MAX_ROW_BYTES)) breakAt(token, 0);

    const from = used;
    used += lead;
    let first = true;
    let broken = false;
    for (let at = start; at < end; ) {
      const length = characterLength(bytes, at, end);
      const code = length === 0 ? -1 : codePointAt(bytes, at, length);
      const size = length === 0 ? HEX_BYTE_WIDTH : characterWidth(code, first);
      const step = length === 0 ? 1 : length;
      if (!first && (used + size > (isLineBreak(code) ? full : line) || rowBytes + step > MAX_ROW_BYTES)) {
        breakAt(token, at - start);
        used = 0;
        broken = true;
      }
      used += size;
      rowBytes += step;
      first = false;
      at += step;
      if (endsLine(bytes, code, at)) {
        if (at < end) breakAt(token, at - start);
        else if (token + 1 < count || end < bytes.length) breakAt(token + 1, followingOffset(token));
        broken = true;
        first = true;
      }
    }
    if (!broken) used = Math.max(used, from + atLeast);
  }
  return rows.finish(bytes.length);
}

/** Width of a token's first line, counted no further than `limit`. */
function widthUpTo(bytes: Uint8Array, start: number, end: number, limit: number): number {
  let width = 0;
  for (let at = start; at < end && width <= limit; ) {
    const length = characterLength(bytes, at, end);
    if (length === 0) {
      width += HEX_BYTE_WIDTH;
      at++;
      continue;
    }
    const code = codePointAt(bytes, at, length);
    width += characterWidth(code, at === start);
    at += length;
    if (endsLine(bytes, code, at)) break;
  }
  return width;
}

function isLineBreak(code: number | undefined): boolean {
  return code === 0x0a || code === 0x0d;
}

function endsLine(bytes: Uint8Array, code: number, next: number): boolean {
  if (code === 0x0a || code === 0x2028 || code === 0x2029) return true;
  return code === 0x0d && bytes[next] !== 0x0a;
}

/** Bytes of the whole character at `at`, 0 where the token holds only part of it. The text is well-formed. */
function characterLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc0) return 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  return at + length <= end ? length : 0;
}

function codePointAt(bytes: Uint8Array, at: number, length: number): number {
  const lead = bytes[at]!;
  if (length === 1) return lead;
  const second = bytes[at + 1]! & 0x3f;
  if (length === 2) return ((lead & 0x1f) << 6) | second;
  const third = bytes[at + 2]! & 0x3f;
  if (length === 3) return ((lead & 0x0f) << 12) | (second << 6) | third;
  return ((lead & 0x07) << 18) | (second << 12) | (third << 6) | (bytes[at + 3]! & 0x3f);
}

/** Two growing arrays. */
class RowWriter {
  #tokens = new Uint32Array(256);
  #offsets = new Int32Array(256);
  #count = 0;

  push(token: number, offset: number): void {
    if (this.#count === this.#tokens.length) {
      const tokens = new Uint32Array(2 * this.#count);
      tokens.set(this.#tokens);
      this.#tokens = tokens;
      const offsets = new Int32Array(2 * this.#count);
      offsets.set(this.#offsets);
      this.#offsets = offsets;
    }
    this.#tokens[this.#count] = token;
    this.#offsets[this.#count++] = offset;
  }

  finish(end: number): RowLayout {
    const count = this.#count;
    return { count, tokens: this.#tokens.slice(0, count), offsets: this.#offsets.slice(0, count), end };
  }
}
