import { ByteReader, EndOfData } from '../core/image/formats/bytes';
import type { RgbaImage } from '../core/image/pixels';

/**
 * Decodes a BMP as Chromium does, which sharp cannot: palettes of 1, 4 and 8 bits, 16, 24 and 32 bits, masks, and run
 * lengths (RLE4, RLE8). 32 bits are opaque unless a mask names alpha. Our own, because the available packages misread
 * rows that do not end at a byte.
 * @throws EndOfData where the file is cut; RangeError where it is something else
 */
export function decodeBmp(bytes: Uint8Array): RgbaImage {
  const header = readHeader(new ByteReader(bytes, 10), bytes);
  const { width, height } = header;
  const image = { width, height, data: new Uint8Array(width * height * 4) };
  const rows = header.compression === 1 || header.compression === 2 ? readRuns : readRows;
  rows(bytes, header, (x, y, value) => {
    if (x >= width || y < 0 || y >= height) return;
    image.data.set(header.colour(value), ((header.topDown ? height - 1 - y : y) * width + x) * 4);
  });
  return image;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: number;
  /** Where the pixels begin. */
  readonly offset: number;
  /** RGBA of a pixel's value. */
  readonly colour: (value: number) => readonly number[];
}

/** Receives a pixel's value; `y` counts from the top of a bottom-up picture. */
type Put = (x: number, y: number, value: number) => void;

const KNOWN_BITS = [1, 4, 8, 16, 24, 32];

function readHeader(reader: ByteReader, bytes: Uint8Array): Header {
  const offset = reader.u32(true);
  const size = reader.u32(true);
  const old = size === 12;
  const width = old ? reader.u16(true) : reader.i32(true);
  const signedHeight = old ? reader.u16(true) : reader.i32(true);
  reader.skip(2);
  const bits = reader.u16(true);
  const compression = old ? 0 : reader.u32(true);
  let colours = 0;
  if (!old) {
    reader.skip(12);
    colours = reader.u32(true);
    reader.skip(4);
  }
  if (!KNOWN_BITS.includes(bits) || ![0, 1, 2, 3, 6].includes(compression)) {
    throw new RangeError(`BMP with ${bits} bits and compression ${compression}`);
  }
  const masked = compression === 3 || compression === 6;
  const maskCount = masked ? (size >= 56 || compression === 6 ? 4 : 3) : 0;
  const masks = masked ? Array.from({ length: maskCount }, () => reader.u32(true)) : undefined;
  reader.offset = 14 + Math.max(size, masked && size === 40 ? 40 + maskCount * 4 : size);
  const entry = old ? 3 : 4;
  const count = Math.min(colours || 2 ** bits, Math.floor((bytes.length - reader.offset) / entry), 256);
  const palette = bits <= 8 ? bytes.subarray(reader.offset, reader.offset + count * entry) : undefined;
  const colour = palette
    ? (value: number) => {
        const at = value * entry;
        return value < count ? [palette[at + 2]!, palette[at + 1]!, palette[at]!, 255] : [0, 0, 0, 255];
      }
    : maskedColour(masks ?? (bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff]));
  const height = Math.abs(signedHeight);
  return { width, height, topDown: signedHeight < 0, bits, compression, offset, colour };
}

/** Reads channels out of a number by masks, each scaled to 8 bits. */
function maskedColour(masks: readonly number[]): (value: number) => number[] {
  const channels = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask: mask >>> 0, shift, most: mask === 0 ? 0 : (mask >>> 0) / 2 ** shift };
  });
  return (value) => {
    const colour = channels.map(({ mask, shift, most }) =>
      most === 0 ? 255 : Math.round((((value & mask) >>> shift) * 255) / most),
    );
    if (colour.length === 3) colour.push(255);
    return colour;
  };
}

function readRows(bytes: Uint8Array, { width, height, bits, offset }: Header, put: Put): void {
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (offset + rowBytes * height > bytes.length) throw new EndOfData();
  for (let row = 0; row < height; row++) {
    const start = offset + row * rowBytes;
    for (let x = 0; x < width; x++) {
      const at = start + ((x * bits) >> 3);
      let value = bytes[at]!;
      if (bits < 8) value = (value >> (8 - bits - ((x * bits) & 7))) & (2 ** bits - 1);
      else for (let byte = 1; byte < bits / 8; byte++) value += bytes[at + byte]! * 256 ** byte;
      put(x, height - 1 - row, value);
    }
  }
}

/** RLE8 and RLE4: runs of one colour, and stretches of plain pixels. */
function readRuns(bytes: Uint8Array, { width, height, bits, offset }: Header, put: Put): void {
  const reader = new ByteReader(bytes, offset);
  const half = bits === 4;
  const nibble = (byte: number, i: number) => (half ? (i & 1 ? byte & 15 : byte >> 4) : byte);
  let x = 0;
  let y = height - 1;
  while (y >= 0) {
    const count = reader.u8();
    const value = reader.u8();
    if (count > 0) {
      for (let i = 0; i < count && x < width; i++) put(x++, y, nibble(value, i));
    } else if (value === 0) {
      x = 0;
      y--;
    } else if (value === 1) return;
    else if (value === 2) {
      x += reader.u8();
      y -= reader.u8();
    } else {
      const length = half ? Math.ceil(value / 2) : value;
      const start = reader.offset;
      for (let i = 0; i < value; i++) put(x++, y, nibble(bytes[start + (half ? i >> 1 : i)] ?? 0, i));
      reader.skip(length + (length & 1));
    }
  }
}
