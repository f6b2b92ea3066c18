import { eastAsianWidth } from 'get-east-asian-width';
import { tokenPieces } from './display';
import { encodeUtf8 } from './utf8';

/**
 * Widths in half cells: a cell is one character of the monospace face, so ASCII is 2 and a CJK ideograph is 4.
 * Scripts that no monospace face covers are drawn by fallback faces; for them these are safe upper estimates.
 */
const CELL = 2;

/** Half cells that a byte in hex takes: two small digits and the space around them. */
export const HEX_BYTE_WIDTH = 4;

/** A small character (0.82 of a row's size) in half cells. */
const SMALL = 1.64;

/** Half cells that a token id takes in small digits. */
export function idWidth(id: number): number {
  const digits = id < 10 ? 1 : Math.floor(Math.log10(id)) + 1;
  // Plus a gap, so that two ids are not read as one.
  return Math.ceil(digits * SMALL) + 1;
}

/** Combines with the character before it; has width 0 unless it comes first. */
function joins(code: number): boolean {
  return (
    code === 0x200c ||
    code === 0x200d ||
    code === 0xfe0e ||
    code === 0xfe0f ||
    (code >= 0x1f3fb && code <= 0x1f3ff) ||
    (code >= 0xe0020 && code <= 0xe007f)
  );
}

function measure(code: number): number {
  const character = String.fromCodePoint(code);
  const bytes = encodeUtf8(character);
  const [piece] = tokenPieces(bytes, 0, bytes.length);
  if (!piece || piece.kind === 'bytes') return bytes.length * HEX_BYTE_WIDTH;
  if (piece.kind === 'tab') return 2 * CELL;
  if (piece.kind === 'control') {
    return piece.symbol.length === 1 ? 2 * CELL : Math.ceil(piece.symbol.length * SMALL) + 1;
  }
  if (eastAsianWidth(code) === 2) return code >= 0x1f000 ? 5 : 2 * CELL;
  if (/[\p{Mn}\p{Me}]/u.test(character)) return 0;
  if (code < 0x0590 || (code >= 0x1e00 && code < 0x2030)) return CELL;
  return 3;
}

// Code point -> width + 1; 0 is unknown. This takes a megabyte, but makes a megabyte of text cheap to measure.
const known = new Uint8Array(0x110000);

/**
 * Width of a character in half cells (Unicode UAX 11 for East Asian width).
 * @param first true where the character begins a token (or a row), so that it has nothing to combine with
 */
export function characterWidth(code: number, first: boolean): number {
  if (!first && joins(code)) return 0;
  let width = known[code]!;
  if (width === 0) {
    width = measure(code) + 1;
    known[code] = width;
  }
  width--;
  // A mark without its base is drawn on a dotted circle.
  return width === 0 && first ? CELL : width;
}
