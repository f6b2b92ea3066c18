import { decodeUtf8, isContinuation } from '../../../../core/text/utf8';
import type { ByteReading } from '../../../../engine/lm/read-bytes';
import type { TokenReading } from '../../../../engine/lm/read-tokens';

/** What a model expected at each part of a text: its tokens, or bytes. */
export interface Reading extends ByteReading {
  /** UTF-8 of the text that was read. */
  readonly bytes: Uint8Array;
  /** The first byte of each part, and the text's end. */
  readonly starts: Uint32Array;
}

/** Bytes are read as they are. */
export function ofBytes(reading: ByteReading, bytes: Uint8Array): Reading {
  return { ...reading, bytes, starts: Uint32Array.from({ length: bytes.length + 1 }, (_, i) => i) };
}

export function ofTokens(reading: TokenReading, bytes: Uint8Array): Reading {
  return { ...reading, bytes };
}

/** Bytes that have been read. */
export function bytesRead({ starts, count }: Pick<Reading, 'starts' | 'count'>): number {
  return starts[count] ?? 0;
}

/** What all that has been read costs, in bits. */
export function bitsOf({ bits, count }: Pick<Reading, 'bits' | 'count'>): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += bits[i]!;
  return sum;
}

/** Undefined while nothing has been read. */
export function bitsPerByte(reading: Reading): number | undefined {
  const bytes = bytesRead(reading);
  return bytes === 0 ? undefined : bitsOf(reading) / bytes;
}

/** What each byte costs that has been read: what a token costs, in equal parts on its bytes. */
export function costOfBytes(reading: Reading): Float64Array {
  const costs = new Float64Array(bytesRead(reading));
  for (let i = 0; i < reading.count; i++) {
    const [from, to] = [reading.starts[i]!, reading.starts[i + 1]!];
    for (let at = from; at < to; at++) costs[at] = reading.bits[i]! / (to - from);
  }
  return costs;
}

/** What has no place of its own beside the character before it. */
const JOINED = /^(?:\p{M}|\u200d|[\u{1f3fb}-\u{1f3ff}])/u;

/**
 * Parts as they are drawn: those that divide a character stand together, and marks with their letter, so that text can be
 * read.
 * @returns the first part of each, and one behind the last; of what has been read
 */
export function drawnUnits({ bytes, starts, count }: Reading): Uint32Array {
  const units: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = starts[i]!;
    const byte = bytes[start] ?? 0;
    const isWithin =
      isContinuation(byte) || (byte >= 0xc2 && JOINED.test(decodeUtf8(bytes.subarray(start, start + 4))));
    if (!isWithin || units.length === 0) units.push(i);
  }
  units.push(count);
  return Uint32Array.from(units);
}

/** The unit that a byte lies in. @param starts of parts @param units first parts of units, and one behind the last */
export function unitAt(byte: number, starts: Uint32Array, units: Uint32Array): number {
  let low = 0;
  let high = units.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts[units[middle]!]! <= byte) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
