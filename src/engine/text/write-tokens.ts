import { decodeUtf8, encodeUtf8, isContinuation } from '../../core/text/utf8';
import type { ExportedColumn, WriteArgs } from './export.api';

/** Rows between two yields: a millisecond or two. */
const ROWS = 1024;

const COLUMNS = [
  'tokenizer',
  'index',
  'id',
  'text',
  'bytes_hex',
  'start_byte',
  'end_byte',
  'start_utf16',
  'end_utf16',
  'start_code_point',
  'end_code_point',
];

/** Tokens with all their spans as CSV (RFC 4180) or JSON, in steps; yields the share done. */
export function* writeTokens({ format, bytes, columns, head }: WriteArgs): Generator<number, Uint8Array> {
  const out: string[] = [];
  const count = Math.max(
    1,
    columns.reduce((sum, { ids }) => sum + ids.length, 0),
  );
  let done = 0;
  if (format === 'csv') out.push(`${COLUMNS.join(',')}\r\n`);
  else out.push(`{${fields(head)},\n"columns":[`);
  for (const [at, column] of columns.entries()) {
    if (format === 'json') {
      const { id, label, facts } = column;
      out.push(
        `${at > 0 ? ',' : ''}\n{${fields({ tokenizer: id, label, ...facts, count: column.ids.length })},"tokens":[`,
      );
    }
    const places = new Places(bytes);
    for (let i = 0; i < column.ids.length; i++, done++) {
      out.push(format === 'csv' ? csvRow(column, i, bytes, places) : jsonToken(column, i, bytes, places));
      if (done % ROWS === ROWS - 1) yield done / count;
    }
    if (format === 'json') out.push('\n]}');
  }
  if (format === 'json') out.push('\n]}\n');
  return encodeUtf8(out.join(''));
}

function csvRow(column: ExportedColumn, i: number, bytes: Uint8Array, places: Places): string {
  const { text, hex, spans } = tokenAt(column, i, bytes, places);
  const own = text === null ? '' : /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const label = /[",\r\n]/.test(column.label) ? `"${column.label.replaceAll('"', '""')}"` : column.label;
  return `${label},${i},${column.ids[i]},${own},${hex},${spans.join(',')}\r\n`;
}

function jsonToken(column: ExportedColumn, i: number, bytes: Uint8Array, places: Places): string {
  const { text, hex, spans } = tokenAt(column, i, bytes, places);
  const [startByte, endByte, startUnit, endUnit, startPoint, endPoint] = spans;
  const token = {
    id: column.ids[i],
    // Bytes of a divided character have no text.
    ...(text === null ? { bytes: hex } : { text }),
    byte: [startByte, endByte],
    utf16: [startUnit, endUnit],
    codePoint: [startPoint, endPoint],
  };
  return `${i > 0 ? ',' : ''}\n${JSON.stringify(token)}`;
}

function tokenAt({ starts, ends }: ExportedColumn, i: number, bytes: Uint8Array, places: Places) {
  const start = starts[i]!;
  const end = ends[i]!;
  let from = start;
  while (from > 0 && isContinuation(bytes[from] ?? 0)) from--;
  let to = end;
  while (to < bytes.length && isContinuation(bytes[to]!)) to++;
  const isWhole = from === start && to === end;
  places.move(from);
  const { units: startUnit, points: startPoint } = places;
  places.move(to);
  return {
    text: isWhole ? decodeUtf8(bytes.subarray(start, end)) : null,
    hex: Array.from(bytes.subarray(start, end), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    spans: [start, end, startUnit, places.units, startPoint, places.points],
  };
}

function fields(record: Readonly<Record<string, string | number>>): string {
  return JSON.stringify(record).slice(1, -1);
}

/** A place in UTF-8, in UTF-16 units and code points; it moves a little at a time. */
class Places {
  units = 0;
  points = 0;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  move(to: number): void {
    while (this.#at < to) this.#count(this.#at++, 1);
    while (this.#at > to) this.#count(--this.#at, -1);
  }

  #count(at: number, sign: 1 | -1): void {
    const byte = this.#bytes[at]!;
    if (isContinuation(byte)) return;
    this.points += sign;
    this.units += byte >= 0xf0 ? 2 * sign : sign;
  }
}
