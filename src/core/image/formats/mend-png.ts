import { Inflate, zlibSync } from 'fflate';
import { crc32 } from '../../crc32';
import { ByteReader, EndOfData, joinBytes } from './bytes';

/** Filtered pixel data beyond this are not completed: they lie in memory twice. */
const MOST_BYTES = 256e6;

/** Adam7: the first column and row of each pass, and its steps (PNG 1.2, section 2.6). */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

/**
 * Completes a PNG: the pixels that its data give, then grey ones, then IEND.
 * @returns undefined where the file ends before its pixel data, or where those are damaged or too many
 */
export function mendPng(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const { header, before, data } = split(bytes);
  if (!header || data.length === 0) return undefined;
  const rows = rowsOf(header);
  const size = rows.reduce((sum, row) => sum + row.count * (1 + row.bytes), 0);
  if (!(size <= MOST_BYTES)) return undefined;
  const pixels = new Uint8Array(size);
  let filled = 0;
  try {
    const inflate = new Inflate((piece) => {
      pixels.set(piece.subarray(0, size - filled), filled);
      filled = Math.min(size, filled + piece.length);
    });
    for (const [i, piece] of data.entries()) inflate.push(i === 0 ? piece.subarray(2) : piece);
  } catch {
    return undefined; // not cut, but damaged
  }
  if (filled === 0) return undefined;
  fill(pixels, filled, rows, header);
  const packed = zlibSync(pixels, { level: 1 });
  return joinBytes(bytes.subarray(0, before), chunk('IDAT', packed), chunk('IEND', new Uint8Array()));
}

/** The header, where the chunks before the pixel data end, and the pixel data of all IDAT chunks, the last one cut. */
function split(bytes: Uint8Array): { header?: Header; before: number; data: Uint8Array[] } {
  const reader = new ByteReader(bytes, 8);
  const data: Uint8Array[] = [];
  let header: Header | undefined;
  let before = 8;
  try {
    for (;;) {
      const length = reader.u32();
      const type = reader.text(4);
      const content = bytes.subarray(reader.offset, reader.offset + length);
      if (type === 'IDAT' && content.length > 0) data.push(content);
      reader.skip(length + 4);
      if (type === 'IHDR') header = readHeader(content);
      if (data.length === 0) before = reader.offset;
      if (type === 'IEND') break;
    }
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
  }
  return header ? { header, before, data } : { before, data };
}

function readHeader(content: Uint8Array): Header {
  const reader = new ByteReader(content);
  const [width, height] = [reader.u32(), reader.u32()];
  const [depth, colour] = [reader.u8(), reader.u8()];
  reader.skip(2);
  return { width, height, depth, colour, interlaced: reader.u8() === 1 };
}

/** The rows of the image, or of each pass: how many, and how many bytes each has after its filter's byte. */
function rowsOf({ width, height, depth, colour, interlaced }: Header): { count: number; bytes: number }[] {
  const bits = depth * (CHANNELS[colour] ?? Number.NaN);
  const passes = interlaced ? PASSES : ([[0, 0, 1, 1]] as const);
  return passes.map(([x, y, dx, dy]) => {
    const columns = Math.ceil((width - x) / dx);
    const count = columns > 0 ? Math.max(0, Math.ceil((height - y) / dy)) : 0;
    return { count, bytes: Math.ceil((columns * bits) / 8) };
  });
}

/** Writes grey pixels, unfiltered, from the first row on that has not begun; the row that is cut ends in zeros. */
function fill(
  pixels: Uint8Array,
  filled: number,
  rows: readonly { count: number; bytes: number }[],
  { depth, colour }: Header,
): void {
  if (depth < 8 || colour === 3) return;
  const sample = depth / 8;
  const pixel = sample * CHANNELS[colour]!;
  const alphaFrom = colour === 4 || colour === 6 ? pixel - sample : pixel;
  let at = 0;
  for (const { count, bytes } of rows) {
    for (let row = 0; row < count; row++, at += 1 + bytes) {
      if (at < filled) continue;
      for (let i = 0; i < bytes; i++) pixels[at + 1 + i] = i % pixel >= alphaFrom ? 255 : 128;
    }
  }
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
