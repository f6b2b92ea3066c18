import { characterWidth, HEX_BYTE_WIDTH, idWidth } from '../../../../core/text/cells';
import { type Piece, tokenPieces } from '../../../../core/text/display';
import { layoutRows } from '../../../../core/text/layout';
import { levelOf } from '../../../../core/text/levels';
import { gapStart, type RowLayout } from '../../../../core/text/rows';
import { glyphOf, glyphWidth } from '../../../../core/text/token-glyphs';
import type { Segmentation } from '../../../../engine/text/text.api';

/** A stretch of a row that is drawn as one: text at a place, in half cells. */
export interface DrawnText {
  readonly text: string;
  readonly at: number;
  readonly width: number;
  /** Smaller: bytes in hex, control characters. */
  readonly small: boolean;
}

/** A token's box, or a part of it that is in one row; or text that no token holds. In half cells. */
export interface DrawnToken {
  readonly at: number;
  readonly width: number;
  readonly kind: 'token' | 'spelled' | 'lost' | 'gap';
  /** Palette index. */
  readonly hue: number;
  /** Its id where it begins; absent where it goes on. */
  readonly id?: number | undefined;
  readonly texts: readonly DrawnText[];
}

/** One column as it is drawn. */
export interface DrawnColumn {
  readonly rows: readonly (readonly DrawnToken[])[];
  /** Tokens that are drawn; fewer than there are where the drawing would be too large. */
  readonly tokens: number;
}

export interface DrawingOptions {
  /** Half cells of a row. */
  readonly width: number;
  readonly ids: boolean;
  readonly whitespace: boolean;
  /** The most tokens to draw. */
  readonly limit: number;
}

/** Lays a column's tokens out anew for a drawing; up to `limit` tokens, by whole rows. */
export function drawColumn(
  segmentation: Segmentation,
  bytes: Uint8Array,
  options: DrawingOptions,
): DrawnColumn {
  const { tokens, glyphs } = segmentation;
  const count = Math.min(options.limit, tokens.ids.length);
  const end = count < tokens.ids.length ? (tokens.starts[count] ?? bytes.length) : bytes.length;
  const shown = {
    ids: tokens.ids.subarray(0, count),
    starts: tokens.starts.subarray(0, count),
    ends: tokens.ends.subarray(0, count),
  };
  const text = bytes.subarray(0, Math.max(end, shown.ends[count - 1] ?? 0));
  const layout = layoutRows(text, shown, { width: options.width, ids: options.ids }, glyphs);
  let step = layout.next();
  while (!step.done) step = layout.next();
  const rows = step.value;
  const part = { ...segmentation, tokens: shown };
  const drawn = Array.from({ length: rows.count }, (_, row) => drawRow(part, text, rows, row, options));
  return { rows: drawn, tokens: count };
}

function drawRow(
  { tokens, glyphs, hues, levels }: Segmentation,
  bytes: Uint8Array,
  rows: RowLayout,
  row: number,
  { ids, whitespace }: DrawingOptions,
): DrawnToken[] {
  const first = rows.tokens[row]!;
  const firstOffset = rows.offsets[row]!;
  const isLast = row + 1 >= rows.count;
  const endToken = isLast ? tokens.ids.length : rows.tokens[row + 1]!;
  const endOffset = isLast ? 0 : rows.offsets[row + 1]!;
  const items: (Omit<DrawnToken, 'at' | 'texts'> & {
    readonly texts: readonly DrawnText[];
    readonly level: number;
  })[] = [];
  const levelAt = (token: number) => (levels ? levelOf(levels[token] ?? 0) : 0);
  for (let token = first; token <= endToken; token++) {
    const start = tokens.starts[token] ?? rows.end;
    if (token !== first || firstOffset < 0) {
      const gapFrom = token === first ? start + firstOffset : gapStart(tokens, token, rows.end);
      const gapTo = token === endToken ? Math.min(start, start + endOffset) : start;
      if (gapFrom < gapTo) {
        const { texts, width } = textsOf(tokenPieces(bytes, gapFrom, gapTo), 0, whitespace);
        const level = Math.min(levelAt(Math.max(0, token - 1)), levelAt(token));
        items.push({ kind: 'gap', hue: 0, width, texts, level });
      }
    }
    if (token === endToken && endOffset <= 0) break;
    const end = tokens.ends[token]!;
    const from = token === first ? start + Math.max(0, firstOffset) : start;
    const to = token === endToken ? Math.min(end, start + endOffset) : end;
    const id = tokens.ids[token]!;
    const continues = from > start;
    const glyph = glyphOf(glyphs, token);
    const spelling = glyph < 0 ? undefined : glyphs.spellings[glyphs.spelling[glyph]!]!;
    const isLost = glyph >= 0 && glyphs.lost[glyph] === 1;
    const lead = spelling !== undefined && !continues ? glyphWidth(spelling) : 0;
    const own =
      spelling !== undefined && !isLost
        ? { texts: [], width: 0 }
        : textsOf(tokenPieces(bytes, from, to), lead, whitespace);
    const spelled: DrawnText[] =
      lead > 0 ? [{ text: spelling!, at: 0.5, width: lead - 1, small: false }] : [];
    items.push({
      kind: spelling === undefined ? 'token' : isLost ? 'lost' : 'spelled',
      hue: hues[token]!,
      width: Math.max(lead + own.width, ids && !continues ? idWidth(id) : 1),
      texts: [...spelled, ...own.texts],
      level: levelAt(token),
      ...(continues ? {} : { id }),
    });
  }
  let at = 0;
  return visualOrder(items).map(({ level: _, ...item }) => {
    const placed = { ...item, at };
    at += item.width;
    return placed;
  });
}

/** The pieces of a token side by side, from `at` on. */
function textsOf(pieces: readonly Piece[], at: number, whitespace: boolean) {
  const texts: DrawnText[] = [];
  let x = at;
  let isFirst = true;
  for (const piece of pieces) {
    if (piece.kind === 'bytes') {
      for (const byte of piece.hex) {
        texts.push({ text: byte, at: x + 0.4, width: HEX_BYTE_WIDTH - 0.8, small: true });
        x += HEX_BYTE_WIDTH;
        isFirst = false;
      }
      continue;
    }
    let width = 0;
    for (const character of piece.text) {
      width += characterWidth(character.codePointAt(0)!, isFirst);
      isFirst = false;
    }
    const isSpace = piece.kind === 'space' || piece.kind === 'tab' || piece.kind === 'newline';
    if (piece.kind === 'text') texts.push({ text: piece.text, at: x, width, small: false });
    else if (piece.kind === 'control') texts.push({ text: piece.symbol, at: x, width, small: true });
    else if (isSpace && whitespace) texts.push({ text: piece.symbol, at: x, width, small: false });
    x += width;
  }
  return { texts, width: x - at };
}

/** Items in the order of the screen: runs of a level are turned around, the highest first (UAX 9, L2). */
function visualOrder<T extends { readonly level: number }>(items: readonly T[]): T[] {
  const order = [...items];
  const highest = Math.max(0, ...order.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < order.length; from++) {
      if (order[from]!.level < level) continue;
      let to = from;
      while (to < order.length && order[to]!.level >= level) to++;
      order.splice(from, to - from, ...order.slice(from, to).reverse());
      from = to;
    }
  }
  return order;
}
