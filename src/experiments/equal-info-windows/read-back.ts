import type { Coded, Pause } from './coding';
import { type Predictor, readWhole, readWindow } from './windows';

/** What was read out of the bits again. */
export interface ReadBack {
  /** Bytes that were read, in all codings together. */
  readonly bytes: number;
  /** Those that are as they were written. */
  readonly right: number;
}

/** Bytes that are read of each coding; windows that begin in them are read whole. */
const READ = 300;

/**
 * Reads the beginning of every coding.
 * @param predict an M1 that remembers nothing of the coding
 * @throws TokenoscopeError `aborted`
 */
export async function readBack(
  bytes: Uint8Array,
  all: readonly Coded[],
  predict: Predictor,
  pause: Pause,
): Promise<ReadBack> {
  let [count, right] = [0, 0];
  for (const [i, { size, bits, ends }] of all.entries()) {
    const compare = (from: number, to: number, read: readonly number[]) => {
      count += Math.max(to - from, read.length);
      for (let at = from; at < to; at++) if (read[at - from] === bytes[at]) right++;
    };
    if (size === 0) {
      const to = Math.min(READ, bytes.length);
      compare(0, to, await readWhole(bits, to, predict));
    }
    for (let window = 0; window < ends.length; window++) {
      const [from, to] = [ends[window - 1] ?? 0, ends[window]!];
      if (from >= READ) break;
      const most = window === ends.length - 1 ? to - from : undefined;
      compare(from, to, await readWindow(bits, window * size, size, predict, most));
      await pause((i + Math.min(1, to / READ)) / all.length);
    }
  }
  return { bytes: count, right };
}
