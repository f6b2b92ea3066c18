import { type LogScale, logScale } from '../../ui/log-scale';

/** A last doubling shorter than this part of a whole one has no room of its own. */
const SHORTEST = 0.75;

/**
 * The scale of slider, filmstrip and chart: how many tokens are kept, 1 to `count`, every doubling as wide as another.
 * It is marked at 1, 2, 4, ... and `count`.
 */
export function tokenScale(count: number): LogScale {
  const marks: number[] = [];
  for (let k = 1; Math.log2(count / k) >= SHORTEST; k *= 2) marks.push(k);
  return logScale(1, count, [...marks, count]);
}

/** How much of the track the shortest step between two marks takes. */
export function shortestStep({ marks, shareOf }: LogScale): number {
  return Math.min(1, ...marks.slice(1).map((mark, i) => shareOf(mark) - shareOf(marks[i]!)));
}
