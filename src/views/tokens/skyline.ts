import type { LogScale } from '../../ui/log-scale';

/** Narrower columns than this part of the track would blur into each other: they become one, as high as the highest. */
const NARROWEST = 1 / 1400;

/**
 * The outline of what tokens 2 to K add, as an SVG path in a unit square (0 at the top): a column for each token, as
 * wide as its cell. The first token has no width on a logarithmic scale.
 * @param energy by index, 0 to 1; NaN where it is not known, which leaves a gap
 */
export function skyline(energy: Float32Array, scale: Pick<LogScale, 'shareOf'>): string {
  let path = '';
  let from = 0;
  let height = Number.NaN;
  for (let i = 1; i < energy.length; i++) {
    const value = energy[i]!;
    if (!(height >= value)) height = Number.isNaN(value) ? height : value;
    const to = scale.shareOf(i + 1);
    if (to - from < NARROWEST && i < energy.length - 1) continue;
    if (height > 0) path += `M${at(from)} 1V${at(1 - Math.min(1, height))}H${at(to)}V1z`;
    from = to;
    height = Number.NaN;
  }
  return path;
}

function at(value: number): string {
  return String(Math.round(value * 1e5) / 1e5);
}
