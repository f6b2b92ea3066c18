import type { DrawnColumn, DrawnText, DrawnToken } from './column-drawing';

/** A column and its heading. */
export interface HeadedColumn {
  readonly label: string;
  readonly figures: string;
  readonly drawn: DrawnColumn;
  /** Said below it, where not all is drawn; empty otherwise. */
  readonly note: string;
}

/** Colours as #rrggbb. */
export interface DrawingColours {
  readonly canvas: string;
  readonly ink: string;
  readonly ink3: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly error: string;
  readonly errorWash: string;
  readonly tokenInk: string;
  readonly fills: readonly string[];
}

/** Pixels of half a cell, of the text in a cell, and of the parts of the drawing. */
const HALF = 3.9;
const FONT = 13;
const SMALL = 10.5;
const ROW = 24;
const ROW_WITH_IDS = 40;
const HEAD = 44;
const NOTE = 24;
const MARGIN = 16;
const GAP = 24;
/** Columns side by side. */
const PER_ROW = 4;

/** The faces that travel in the file (views/export/script-faces.ts): before those of the system, which may lack marks. */
const SCRIPTS = "'Tokenoscope Thai', 'Tokenoscope Devanagari', 'Tokenoscope Arabic'";
const MONO = `'Geist Mono', ${SCRIPTS}, ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace`;
const SANS = `Geist, ${SCRIPTS}, ui-sans-serif, system-ui, 'Segoe UI', Arial, sans-serif`;

/** Columns of tokens as an SVG file: boxes as rectangles, text as text. */
export function columnsSvg(
  columns: readonly HeadedColumn[],
  width: number,
  ids: boolean,
  colours: DrawingColours,
): string {
  const rowHeight = ids ? ROW_WITH_IDS : ROW;
  const columnWidth = width * HALF;
  const heightOf = ({ drawn, note }: HeadedColumn) =>
    HEAD + drawn.rows.length * rowHeight + (note ? NOTE : 0);
  const lines: string[] = [];
  let y = MARGIN;
  for (let from = 0; from < columns.length; from += PER_ROW) {
    const side = columns.slice(from, from + PER_ROW);
    side.forEach((column, i) => {
      lines.push(columnSvg(column, MARGIN + i * (columnWidth + GAP), y, columnWidth, ids, colours));
    });
    y += Math.max(...side.map(heightOf)) + GAP;
  }
  const across = Math.min(PER_ROW, columns.length);
  const fullWidth = round(2 * MARGIN + across * columnWidth + (across - 1) * GAP);
  const fullHeight = round(y - GAP + MARGIN);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${fullWidth}" height="${fullHeight}" viewBox="0 0 ${fullWidth} ${fullHeight}">`,
    `<rect width="100%" height="100%" fill="${colours.canvas}"/>`,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

function columnSvg(
  { label, figures, drawn, note }: HeadedColumn,
  x: number,
  y: number,
  width: number,
  ids: boolean,
  colours: DrawingColours,
): string {
  const rowHeight = ids ? ROW_WITH_IDS : ROW;
  const parts = [
    `<g transform="translate(${round(x)} ${round(y)})">`,
    `<text x="0" y="13" font-family="${SANS}" font-size="13" font-weight="600" fill="${colours.ink}">${escaped(label)}</text>`,
    `<text x="0" y="30" font-family="${SANS}" font-size="12" fill="${colours.ink3}">${escaped(figures)}</text>`,
    `<line x1="0" x2="${round(width)}" y1="37.5" y2="37.5" stroke="${colours.line}"/>`,
    `<g font-family="${MONO}" font-size="${FONT}" xml:space="preserve">`,
  ];
  drawn.rows.forEach((row, i) => {
    for (const token of row) parts.push(tokenSvg(token, HEAD + i * rowHeight, ids, colours));
  });
  parts.push('</g>');
  if (note) {
    const below = HEAD + drawn.rows.length * rowHeight + 16;
    parts.push(
      `<text x="0" y="${below}" font-family="${SANS}" font-size="12" fill="${colours.ink3}">${escaped(note)}</text>`,
    );
  }
  parts.push('</g>');
  return parts.join('\n');
}

function tokenSvg(token: DrawnToken, y: number, ids: boolean, colours: DrawingColours): string {
  const x = token.at * HALF;
  const width = token.width * HALF;
  const height = (ids ? ROW_WITH_IDS : ROW) - 4;
  const fill = { token: colours.fills[token.hue]!, lost: colours.errorWash, spelled: 'none', gap: 'none' }[
    token.kind
  ];
  const ink = { token: colours.tokenInk, lost: colours.error, spelled: colours.ink3, gap: colours.ink3 }[
    token.kind
  ];
  const box =
    token.kind === 'gap'
      ? ''
      : `<rect x="${round(x + 0.5)}" y="${y + 2}" width="${round(width - 1)}" height="${height}" rx="3" fill="${fill}"${token.kind === 'spelled' ? ` stroke="${colours.lineStrong}"` : ''}/>`;
  const texts = token.texts.map((text) => textSvg(text, x, y + 17, ink, token.kind === 'lost'));
  const id =
    ids && token.id !== undefined
      ? `<text x="${round(x + 2)}" y="${y + 32}" font-size="${SMALL}" fill="${ink}">${token.id}</text>`
      : '';
  return [box, ...texts, id].join('');
}

function textSvg(
  { text, at, width, small }: DrawnText,
  x: number,
  y: number,
  ink: string,
  isLost: boolean,
): string {
  // Whatever face draws it, the text fills its place.
  const fit = width > 0 ? ` textLength="${round(width * HALF)}" lengthAdjust="spacingAndGlyphs"` : '';
  const size = small ? ` font-size="${SMALL}"` : '';
  const strike = isLost ? ' text-decoration="line-through"' : '';
  return `<text x="${round(x + at * HALF)}" y="${y}"${size} fill="${ink}"${fit}${strike}>${escaped(text)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Text in XML, without the control characters that XML cannot hold. */
function escaped(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
