import { ByteReader, EndOfData, joinBytes } from './bytes';
import { skipSubBlocks, tableBytes } from './gif';

/** Frames of more pixels are not completed. */
const MOST_PIXELS = 50_000_000;

/** The first frame of a GIF, as far as it is in the file. */
interface Frame {
  readonly pixels: number;
  /** Bits of a colour in the LZW code. */
  readonly colourBits: number;
  /** Where the blocks of its data begin. */
  readonly data: number;
}

/**
 * Completes the first frame of a GIF with the first colour of its palette, and ends the file behind it.
 * @returns undefined where the file ends before that frame's data, or where those are damaged
 */
export function mendGif(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const frame = firstFrame(bytes);
  if (!frame || frame.pixels > MOST_PIXELS || frame.colourBits < 2 || frame.colourBits > 8) return undefined;
  const codes = complete(joinBlocks(bytes, frame.data), frame);
  return codes && joinBytes(bytes.subarray(0, frame.data), blocksOf(codes), Uint8Array.of(0, 0x3b));
}

function firstFrame(bytes: Uint8Array): Frame | undefined {
  const reader = new ByteReader(bytes, 10);
  try {
    const flags = reader.u8();
    reader.skip(2 + tableBytes(flags));
    for (let block = reader.u8(); block === 0x21; block = reader.u8()) {
      reader.skip(1); // the extension's label
      skipSubBlocks(reader);
    }
    reader.skip(4);
    const pixels = reader.u16(true) * reader.u16(true);
    reader.skip(tableBytes(reader.u8()));
    const colourBits = reader.u8();
    return { pixels, colourBits, data: reader.offset };
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
    return undefined;
  }
}

/** The data of blocks up to the end of the file. */
function joinBlocks(bytes: Uint8Array, from: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = from; at < bytes.length && bytes[at] !== 0; at += 1 + bytes[at]!) {
    parts.push(bytes.subarray(at + 1, at + 1 + bytes[at]!));
  }
  return joinBytes(...parts);
}

/** Data in blocks of up to 255 bytes, each behind its length. */
function blocksOf(data: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const part = data.subarray(at, at + 255);
    blocks.push(Uint8Array.of(part.length), part);
  }
  return joinBytes(...blocks);
}

/**
 * LZW data (GIF89a, appendix F) with codes for the pixels that are missing, and the end code.
 * @returns undefined if there is an impossible code
 */
function complete(data: Uint8Array, { pixels, colourBits }: Frame): Uint8Array | undefined {
  const clear = 1 << colourBits;
  const lengths = new Uint32Array(4096).fill(1, 0, clear);
  let width = colourBits + 1;
  let next = clear + 2;
  let previous = 0;
  let bit = 0;
  let done = 0;
  while (bit + width <= data.length * 8) {
    const at = bit >> 3;
    const three = data[at]! | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16);
    const code = (three >> (bit & 7)) & ((1 << width) - 1);
    if (code === clear + 1) break;
    bit += width;
    if (code === clear) {
      width = colourBits + 1;
      next = clear + 2;
      previous = 0;
      continue;
    }
    if (code > next || (code === next && previous === 0)) return undefined;
    if (previous > 0 && next < 4096) {
      lengths[next++] = previous + 1;
      if (next === 1 << width && width < 12) width++;
    }
    previous = lengths[code]!;
    done += previous;
  }
  const missing = Math.max(0, pixels - done);
  // The number of colours that fit after a clear code before codes grow.
  const run = clear - 2;
  const writer = new BitWriter(data, bit, width + (missing + missing / run + 3) * (colourBits + 1));
  writer.write(clear, width);
  for (let i = 0; i < missing; i++) {
    if (i > 0 && i % run === 0) writer.write(clear, colourBits + 1);
    writer.write(0, colourBits + 1);
  }
  writer.write(clear + 1, colourBits + 1);
  return writer.finish();
}

/** Appends numbers, lowest bit first, behind the first `bits` bits of `data`. */
class BitWriter {
  readonly #bytes: Uint8Array;
  #bit: number;

  constructor(data: Uint8Array, bits: number, more: number) {
    this.#bytes = new Uint8Array(Math.ceil((bits + more) / 8) + 2);
    this.#bytes.set(data.subarray(0, Math.ceil(bits / 8)));
    if (bits & 7) this.#bytes[bits >> 3]! &= (1 << (bits & 7)) - 1;
    this.#bit = bits;
  }

  write(value: number, width: number): void {
    const at = this.#bit >> 3;
    const shifted = value << (this.#bit & 7);
    this.#bytes[at]! |= shifted & 255;
    this.#bytes[at + 1]! |= (shifted >> 8) & 255;
    this.#bytes[at + 2]! |= shifted >> 16;
    this.#bit += width;
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, Math.ceil(this.#bit / 8));
  }
}
