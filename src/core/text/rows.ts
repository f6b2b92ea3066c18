import type { TokenSequence } from './token-sequence';

/** How tokens are laid out. */
export interface RowOptions {
  /** Width of a row in half cells of the monospace face. */
  readonly width: number;
  /** Whether every token has its id under it, so that it is at least as wide as its id. */
  readonly ids: boolean;
}

/**
 * Tokens broken into rows of one height: row r begins with byte `offsets[r]` of token `tokens[r]` and ends
 * where row r + 1 begins. A token that is wider than a row, or that holds a line break, spans several rows.
 * Bytes that no token covers (a normalizer has dropped them) go before the next token: a row that begins among
 * them has a negative offset. After the last token they go before the token that would be next.
 */
export interface RowLayout {
  readonly count: number;
  readonly tokens: Uint32Array;
  readonly offsets: Int32Array;
  /** Length of the text in bytes. */
  readonly end: number;
}

/** The row that shows byte `byte` of the text: the last one that begins at or before it. */
export function rowOfByte(rows: RowLayout, sequence: TokenSequence, byte: number): number {
  let low = 0;
  let high = rows.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rowStart(rows, sequence, middle) <= byte) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}

/** Byte of the text with which a row begins; the text's end for the row after the last. */
export function rowStart(rows: RowLayout, sequence: TokenSequence, row: number): number {
  if (row >= rows.count) return rows.end;
  return (sequence.starts[rows.tokens[row]!] ?? rows.end) + rows.offsets[row]!;
}

/** Where the bytes before a token begin that no token covers; its own start where there are none. */
export function gapStart({ starts, ends }: TokenSequence, token: number, end: number): number {
  return Math.min(token > 0 ? ends[token - 1]! : 0, starts[token] ?? end);
}

/** The row in which a token begins. */
export function rowOfToken(rows: RowLayout, token: number): number {
  let low = 0;
  let high = rows.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const at = rows.tokens[middle]!;
    if (at < token || (at === token && rows.offsets[middle]! <= 0)) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
