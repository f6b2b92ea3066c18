import { TokenoscopeError } from '../../../core/errors';
import type { Frame } from '../../../engine/image/image.api';
import { prefixTicks } from '../../../engine/image/prefix-player';
import type { Lane } from '../lane';

/** How long a frame of a clip is shown, and the last one, in milliseconds. */
const FRAME_MS = 110;
const LAST_MS = 1600;

/** Prefix lengths of a clip: from 1 to `count` in even steps of the logarithm, four to each doubling. */
export function sweepLengths(count: number): number[] {
  const lengths = new Set<number>();
  for (let i = 0; 2 ** (i / 4) < count; i++) lengths.add(Math.round(2 ** (i / 4)));
  return [...lengths.add(count)];
}

/** How long each of a clip's frames is shown, in milliseconds. */
export function sweepTimes(lengths: readonly number[]): number[] {
  return lengths.map((_, i) => (i === lengths.length - 1 ? LAST_MS : FRAME_MS));
}

/** Prefix lengths of a contact sheet: the marks of the slider. */
export const sheetLengths = prefixTicks;

/**
 * A lane's frames at these lengths, decoded where they are not yet.
 * @param onFrame called with the number of frames so far
 * @throws TokenoscopeError `aborted`, `model-run`, `worker-died`
 */
export async function framesAt(
  lane: Lane,
  lengths: readonly number[],
  signal: AbortSignal,
  onFrame: (done: number) => void,
): Promise<Frame[]> {
  const frames: Frame[] = [];
  for (const k of lengths) {
    if (signal.aborted) throw new TokenoscopeError('aborted', 'It was stopped.');
    frames.push(await lane.frame(k));
    onFrame(frames.length);
  }
  return frames;
}
