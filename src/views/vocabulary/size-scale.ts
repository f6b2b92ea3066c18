import { type LogScale, logScale } from '../../ui/log-scale';

/** Sizes of vocabularies on a logarithmic scale, shared by the slider and the plot; marked at 1, 2 and 5 times powers of ten. */
export type SizeScale = LogScale;

export function sizeScale(min: number, max: number): SizeScale {
  const marks: number[] = [];
  for (let power = 1; power <= max; power *= 10) {
    for (const mark of [power, 2 * power, 5 * power]) if (mark > min && mark < max) marks.push(mark);
  }
  return logScale(min, max, marks);
}

/** A round size in few characters: 500, 2k, 100k. */
export function shortSize(size: number): string {
  return size < 1000 ? String(size) : `${size / 1000}k`;
}

/** A round count of tokens, however many, in few characters: 80k, 1.2M. */
export function shortCount(count: number): string {
  return count < 1_000_000 ? shortSize(count) : `${count / 1_000_000}M`;
}
