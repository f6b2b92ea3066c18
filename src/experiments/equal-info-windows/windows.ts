import {
  type Cumulative,
  Decoder,
  endings,
  type Interval,
  lengthOf,
  narrowed,
  undecided,
  WHOLE,
} from '../../engine/lm/arithmetic-coder';
import { extend, type Prefix, START } from '../../engine/lm/language-model';

/** M1: the distribution of the byte that follows a prefix, the same whoever asks. A network's comes later. */
export type Predictor = (prefix: Prefix) => Cumulative | Promise<Cumulative>;

/** How the bits of a window were found. */
export type Ending =
  /** Those that its text takes, and zeros. */
  | 'padded'
  /** With zeros they would have been read as a longer text: other bits of the same window, that are not. */
  | 'other'
  /** No bits of the window are read as this text and no longer one: it is a byte or more shorter than fits. */
  | 'shorter';

export interface Window {
  /** As many as a window has. */
  readonly bits: Uint8Array;
  /** Bits before the zeros at the end. */
  readonly used: number;
  /** Bytes of the text. */
  readonly length: number;
  readonly ending: Ending;
}

/**
 * Equal-Info Windows (Lester et al. 2024, section 3): a window takes as many bytes as can be written in `size` bits, which
 * zeros fill up; the next one begins with a new interval and with M1 knowing nothing of what came before, so that each
 * can be read alone.
 *
 * A reader goes on as long as the bits decide the next byte. Every window ends where its bits decide no further; only the
 * last one, which ends with the text, needs its length beside the bits. Where the padded bits would be read on, others of the
 * same text may not be; where all would, a shorter text is taken. One is always found: call the numbers that begin with the
 * same `size` bits a cell, and take the longest prefix that fits and whose interval is made of whole cells (a single byte's
 * is, as 14 bits give its bounds). The part of the byte behind it is not made of whole cells, or does not hold one. So one
 * of its bounds lies within a cell of the prefix, and the bits of that cell decide no byte more.
 * @param size 14 or more, so that any byte fits
 */
export async function* windowsOf(
  bytes: Uint8Array,
  size: number,
  predict: Predictor,
): AsyncGenerator<Window> {
  for (let from = 0; from < bytes.length; ) {
    const window = await windowAt(bytes, from, size, predict);
    yield window;
    from += window.length;
  }
}

async function windowAt(bytes: Uint8Array, from: number, size: number, predict: Predictor): Promise<Window> {
  const bits: number[] = [];
  const intervals: Interval[] = [WHOLE];
  const distributions: Cumulative[] = [];
  let prefix: Prefix = START;
  for (;;) {
    const byte = bytes[from + distributions.length];
    if (byte === undefined) {
      const at = intervals.at(-1)!;
      return padded([...bits.slice(0, at.settled), ...endings(at)[0]!], size, distributions.length, 'padded');
    }
    const distribution = await predict(prefix);
    const next = narrowed(intervals.at(-1)!, distribution, byte, bits);
    if (lengthOf(next) > size) {
      return ended(bytes.subarray(from), size, bits, intervals, [...distributions, distribution]);
    }
    distributions.push(distribution);
    intervals.push(next);
    prefix = extend(prefix, byte);
  }
}

/**
 * The longest window that is read as it was written.
 * @param intervals of the prefixes that fit
 * @param distributions of the bytes that follow each of them
 */
function ended(
  text: Uint8Array,
  size: number,
  bits: readonly number[],
  intervals: readonly Interval[],
  distributions: readonly Cumulative[],
): Window {
  const longest = intervals.length - 1;
  for (let length = longest; length > 0; length--) {
    const at = intervals[length]!;
    const settled = bits.slice(0, at.settled);
    const isShorter = length < longest;
    for (const ending of endings(at)) {
      const window = padded([...settled, ...ending], size, length, isShorter ? 'shorter' : 'padded');
      if (endsThere(window, text, distributions)) return window;
    }
    const cell = undecided(at, distributions[length]!, settled, size);
    if (cell) {
      return padded(cell, size, length, isShorter ? 'shorter' : 'other', cell.lastIndexOf(1) + 1);
    }
  }
  throw new RangeError(`no window of ${size} bits is read as it was written`);
}

function padded(
  bits: readonly number[],
  size: number,
  length: number,
  ending: Ending,
  used = bits.length,
): Window {
  const all = new Uint8Array(size);
  all.set(bits);
  return { bits: all, used, length, ending };
}

/** Whether the bits decide no byte behind the window's text. */
function endsThere(
  { bits, length }: Window,
  text: Uint8Array,
  distributions: readonly Cumulative[],
): boolean {
  const [lowest, highest] = bounds(bits, 0, bits.length);
  for (let i = 0; i < length; i++) {
    lowest.take(distributions[i]!, text[i]!);
    highest.take(distributions[i]!, text[i]!);
  }
  return lowest.peek(distributions[length]!) !== highest.peek(distributions[length]!);
}

/** Readers of the lowest and the highest number that begins with the bits. */
function bounds(bits: ArrayLike<number>, from: number, to: number): readonly [Decoder, Decoder] {
  return [new Decoder(bits, from, to, 0), new Decoder(bits, from, to, 1)];
}

/**
 * Reads one window: the longest text that its bits decide, whatever would follow them.
 * @param bits a whole stream
 * @param most bytes to read at most: the length of a last window
 */
export async function readWindow(
  bits: ArrayLike<number>,
  from: number,
  size: number,
  predict: Predictor,
  most = Number.POSITIVE_INFINITY,
): Promise<number[]> {
  const [lowest, highest] = bounds(bits, from, from + size);
  const text: number[] = [];
  let prefix: Prefix = START;
  while (text.length < most) {
    const distribution = await predict(prefix);
    const byte = lowest.peek(distribution);
    if (byte !== highest.peek(distribution)) break;
    lowest.take(distribution, byte);
    highest.take(distribution, byte);
    text.push(byte);
    prefix = extend(prefix, byte);
  }
  return text;
}

/** Reads a text that was written without windows. @param length its bytes */
export async function readWhole(
  bits: ArrayLike<number>,
  length: number,
  predict: Predictor,
): Promise<number[]> {
  const decoder = new Decoder(bits, 0, bits.length);
  const text: number[] = [];
  let prefix: Prefix = START;
  while (text.length < length) {
    const distribution = await predict(prefix);
    const byte = decoder.peek(distribution);
    decoder.take(distribution, byte);
    text.push(byte);
    prefix = extend(prefix, byte);
  }
  return text;
}
