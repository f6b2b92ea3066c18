import type { Coded } from './coding';
import { type Predictor, readWhole, readWindow } from './windows';

/** What one bit does that is read the wrong way round. */
export interface Flip {
  /** Which bit, from 0. */
  readonly bit: number;
  /** The bytes of the text that are not read as they were. Empty where both ends are the same. */
  readonly from: number;
  readonly to: number;
  /** What is read instead. */
  readonly text: Uint8Array;
}

/** Places of the passage at which a bit is flipped, one after another. */
export const PLACES = 40;

/**
 * Flips bits of the passage at the beginning of a text, evenly spaced, and reads it again. Yields for each what it does.
 * Without windows, the rest of the passage is all that is read.
 */
export async function* flips(bytes: Uint8Array, coded: Coded, predict: Predictor): AsyncGenerator<Flip> {
  const { passage } = coded;
  if (passage.bits === 0) return;
  const stream = coded.bits.slice();
  for (let place = 0; place < PLACES; place++) {
    const bit = Math.floor(((place + 0.5) / PLACES) * passage.bits);
    stream[bit]! ^= 1;
    yield coded.size === 0
      ? differenceOf(
          bit,
          bytes.subarray(0, passage.bytes),
          0,
          await readWhole(stream, passage.bytes, predict),
        )
      : await inWindow(bytes, coded, stream, bit, predict);
    stream[bit]! ^= 1;
  }
}

async function inWindow(
  bytes: Uint8Array,
  { size, ends }: Coded,
  stream: Uint8Array,
  bit: number,
  predict: Predictor,
): Promise<Flip> {
  const window = Math.floor(bit / size);
  const from = window === 0 ? 0 : ends[window - 1]!;
  const text = bytes.subarray(from, ends[window]);
  const most = window === ends.length - 1 ? text.length : undefined;
  return differenceOf(bit, text, from, await readWindow(stream, window * size, size, predict, most));
}

/** From the first byte that differs to the end. @param from where the text begins */
function differenceOf(bit: number, text: Uint8Array, from: number, read: readonly number[]): Flip {
  let same = 0;
  while (same < text.length && text[same] === read[same]) same++;
  return { bit, from: from + same, to: from + text.length, text: Uint8Array.from(read.slice(same)) };
}
