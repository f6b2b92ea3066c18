import type { ClipFrames } from '../../../engine/image/clip.api';
import type { Frame } from '../../../engine/image/image.api';
import { sweepTimes } from './sweep';

/** Room between pictures that stand side by side, in their pixels. */
const GAP = 4;

/**
 * A clip of one lane's frames, or of several lanes' side by side: each lane at the same numbers of tokens.
 * @param frames one list a lane, of equal length
 */
export function clipOf(
  frames: readonly (readonly Frame[])[],
  style: Pick<ClipFrames, 'scale' | 'squares'>,
): ClipFrames {
  const first = frames[0]!;
  const times = sweepTimes(first.map(({ k }) => k));
  const joined = first.map((_, i) => beside(frames.map((lane) => lane[i]!)));
  const { width, height } = joined[0]!;
  return { ...style, width, height, frames: joined.map(({ rgba }, i) => ({ rgba, ms: times[i]! })) };
}

type Picture = Pick<Frame, 'width' | 'height' | 'rgba'>;

/** Pictures side by side on white, from the top. */
export function beside(pictures: readonly Picture[]): Picture {
  if (pictures.length === 1) return pictures[0]!;
  const width = pictures.reduce((sum, one) => sum + one.width, GAP * (pictures.length - 1));
  const height = Math.max(...pictures.map((one) => one.height));
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  let left = 0;
  for (const one of pictures) {
    for (let y = 0; y < one.height; y++) {
      rgba.set(one.rgba.subarray(4 * y * one.width, 4 * (y + 1) * one.width), 4 * (y * width + left));
    }
    left += one.width + GAP;
  }
  return { width, height, rgba };
}
