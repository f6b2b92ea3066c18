/** Whole numbers on a logarithmic scale, as shares (0 to 1) of a track's width. */
export interface LogScale {
  readonly min: number;
  readonly max: number;
  /** Numbers to label, ascending. */
  readonly marks: readonly number[];
  /** Where a number is. */
  shareOf(value: number): number;
  /**
   * The number at a place.
   * @param grain the smallest move that can be aimed at, as a share: where numbers are closer, it gives rounder ones
   */
  valueAt(share: number, grain?: number): number;
  /** The number whose cell is at a place: that between its predecessor and itself. */
  cellAt(share: number): number;
}

/** @param marks numbers to label; those that are not between `min` and `max` are left out */
export function logScale(min: number, max: number, marks: readonly number[]): LogScale {
  const ratio = Math.log(max / min) || 1;
  const clamp = (value: number) => Math.min(max, Math.max(min, value));
  const exact = (share: number) => min * Math.exp(share * ratio);
  const shareOf = (value: number) => Math.log(clamp(value) / min) / ratio;
  return {
    min,
    max,
    marks: marks.filter((mark) => mark >= min && mark <= max),
    shareOf,
    valueAt(share, grain = 0) {
      const place = exact(share);
      const step = roundStep(grain * ratio * place);
      const below = clamp(Math.floor(place / step) * step);
      const above = clamp(Math.floor(place / step) * step + step);
      return share - shareOf(below) <= shareOf(above) - share ? below : above;
    },
    // A place that is a number's own may come out a little above it.
    cellAt: (share) => clamp(Math.ceil(exact(share) - 1e-6)),
  };
}

/** The power of two that is at least this large, so that steps halve octaves again and again. */
function roundStep(least: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(least)));
}
