import { costOf, endings, narrowed, WHOLE } from '../../engine/lm/arithmetic-coder';
import { extend, type Prefix, START } from '../../engine/lm/language-model';
import { type Ending, type Predictor, type Window, windowsOf } from './windows';

/** A text in bits. */
export interface Coded {
  /** Bits of a window; 0 without windows. */
  readonly size: number;
  readonly bits: Uint8Array;
  /** Where each window ends in the text. Empty without windows. */
  readonly ends: Uint32Array;
  /** Bits of each window before the zeros at its end. */
  readonly used: Uint8Array;
  readonly endings: Readonly<Record<Ending, number>>;
  /** Of the passage: its bits, and the bytes that these stand for, as windows that begin in it are taken whole. */
  readonly passage: { readonly bits: number; readonly bytes: number };
  /** Of the first four fifths, which M2 learns from; whole windows. */
  readonly learnable: { readonly bits: number; readonly bytes: number };
}

/** Bytes of the passage at the beginning of a text that is drawn, unless something else is said. */
const PASSAGE = 1000;

/** Reports the share done, lets other tasks run, and ends when it is told to. */
export type Pause = (share: number) => Promise<void>;

interface CodingWork {
  readonly pause?: Pause;
  /** Bytes of the passage at the beginning that is drawn. */
  readonly passage?: number;
}

const goOn: Pause = async () => undefined;

/** Writes a text without windows, as one interval. @throws TokenoscopeError `aborted` */
export async function codeWhole(
  bytes: Uint8Array,
  predict: Predictor,
  { pause = goOn, passage: drawn = PASSAGE }: CodingWork = {},
): Promise<Coded> {
  const bits: number[] = [];
  let at = WHOLE;
  let prefix: Prefix = START;
  let passage = 0;
  const learnable = { bits: 0, bytes: Math.floor(0.8 * bytes.length) };
  for (const [i, byte] of bytes.entries()) {
    if (i === drawn) passage = at.settled;
    if (i === learnable.bytes) learnable.bits = at.settled;
    at = narrowed(at, await predict(prefix), byte, bits);
    prefix = extend(prefix, byte);
    await pause(i / bytes.length);
  }
  const all = Uint8Array.from([...bits, ...endings(at)[0]!]);
  return {
    size: 0,
    bits: all,
    ends: new Uint32Array(0),
    used: new Uint8Array(0),
    endings: { padded: 0, other: 0, shorter: 0 },
    passage: {
      bits: bytes.length > drawn ? passage : all.length,
      bytes: Math.min(drawn, bytes.length),
    },
    learnable,
  };
}

/** Writes a text in windows. @throws TokenoscopeError `aborted` */
export async function codeWindows(
  bytes: Uint8Array,
  size: number,
  predict: Predictor,
  { pause = goOn, passage = PASSAGE }: CodingWork = {},
): Promise<Coded> {
  const windows: Window[] = [];
  const ends: number[] = [];
  const count = { padded: 0, other: 0, shorter: 0 };
  for await (const window of windowsOf(bytes, size, predict)) {
    windows.push(window);
    ends.push((ends.at(-1) ?? 0) + window.length);
    count[window.ending]++;
    await pause(ends.at(-1)! / (bytes.length + 1));
  }
  const bits = new Uint8Array(windows.length * size);
  for (const [i, window] of windows.entries()) bits.set(window.bits, i * size);
  const last = ends.findIndex((end) => end >= passage);
  const drawn = last < 0 ? windows.length : last + 1;
  const first = ends.filter((end) => end <= 0.8 * bytes.length).length;
  return {
    size,
    bits,
    passage: { bits: drawn * size, bytes: ends[drawn - 1] ?? 0 },
    learnable: { bits: first * size, bytes: ends[first - 1] ?? 0 },
    ends: Uint32Array.from(ends),
    used: Uint8Array.from(windows, ({ used }) => used),
    endings: count,
  };
}

/** Tokens of `width` bits in so many bits; the last one is filled up. */
export function tokensIn(bits: number, width: number): number {
  return Math.ceil(bits / width);
}

/** Bits as tokens; the last one is filled up with zeros. */
export function tokensOf(bits: ArrayLike<number>, width: number): Uint32Array {
  return Uint32Array.from({ length: tokensIn(bits.length, width) }, (_, token) => {
    let value = 0;
    for (let i = 0; i < width; i++) value = 2 * value + (bits[token * width + i] ?? 0);
    return value;
  });
}

/** Tokens of 8 bits from which on their frequencies say something: ten of each. */
const ENOUGH = 10 * 256;

/**
 * The entropy of the frequencies of 8-bit tokens, bits per token: what a unigram model pays that has learned them. In few
 * tokens, frequencies are less even than they are in the long run; half a bit (in nats) for every token that occurs is added
 * for it and divided by their number (Miller 1955), and where there are fewer than ten of each, it is undefined.
 */
export function unigramEntropy(bits: Uint8Array): number | undefined {
  const tokens = Math.floor(bits.length / 8);
  if (tokens < ENOUGH) return undefined;
  const counts = new Uint32Array(256);
  for (const token of tokensOf(bits.subarray(0, 8 * tokens), 8)) counts[token]!++;
  let entropy = 0;
  let different = 0;
  for (const count of counts) {
    if (count === 0) continue;
    different++;
    entropy -= (count / tokens) * Math.log2(count / tokens);
  }
  return Math.min(8, entropy + (different - 1) / (2 * tokens * Math.LN2));
}

/** What bytes cost under M1, bits. */
export interface Costs {
  /** On average, where M1 has read everything before. */
  readonly known: number;
  /** On average, the first, second, ... byte of a window. */
  readonly behindReset: readonly number[];
}

/** Bytes of a window that costs are shown for, and windows that such an average needs. */
const SHOWN = 24;
const FEWEST = 20;

/** @param ends of windows @throws TokenoscopeError `aborted` */
export async function costsOf(
  bytes: Uint8Array,
  ends: Uint32Array,
  predict: Predictor,
  pause = goOn,
): Promise<Costs> {
  const sums = new Float64Array(SHOWN);
  const counts = new Uint32Array(SHOWN);
  let known = 0;
  let [whole, own, window, inside]: [Prefix, Prefix, number, number] = [START, START, 0, 0];
  for (const [i, byte] of bytes.entries()) {
    if (i === ends[window]) [own, window, inside] = [START, window + 1, 0];
    known += costOf(await predict(whole), byte);
    if (inside < SHOWN) {
      sums[inside]! += costOf(await predict(own), byte);
      counts[inside]!++;
    }
    whole = extend(whole, byte);
    own = extend(own, byte);
    inside++;
    await pause(i / bytes.length);
  }
  return {
    known: known / bytes.length,
    behindReset: Array.from(sums.subarray(0, counts.filter((count) => count >= FEWEST).length), (sum, i) => {
      return sum / counts[i]!;
    }),
  };
}
