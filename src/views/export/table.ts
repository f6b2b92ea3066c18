import { encodeUtf8 } from '../../core/text/utf8';

/** A cell; null is empty in CSV and Markdown. */
export type Cell = string | number | boolean | null;

/** Anything that can be written as a table: rows as long as the list of columns. */
export interface ExportTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** CSV as RFC 4180 has it: comma, CRLF, quotes doubled; text is written as it is. */
export function toCsv({ columns, rows }: ExportTable): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** A JSON array with one object a row, one row a line. */
export function toJson({ columns, rows }: ExportTable): string {
  const lines = rows.map((row) =>
    JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, row[i]]))),
  );
  return `[\n${lines.join(',\n')}\n]\n`;
}

/** A Markdown table as GitHub reads it; columns that hold numbers only are aligned to the right. */
export function toMarkdown({ columns, rows }: ExportTable): string {
  const isNumeric = columns.map(
    (_, i) => rows.length > 0 && rows.every((row) => row[i] === null || typeof row[i] === 'number'),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [
    line(columns.map(markdownCell)),
    line(isNumeric.map((right) => (right ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(markdownCell))),
  ].join('');
}

/** A file of text. Lone surrogates become U+FFFD. */
export function textFile(text: string, type: string): Blob {
  return new Blob([encodeUtf8(text)], { type: `${type};charset=utf-8` });
}

function csvCell(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function markdownCell(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return text
    .replace(/[\\`*_<>[\]|~]/g, '\\$&')
    .replaceAll(/\r\n|[\r\n]/g, '<br>')
    .trim();
}
