/** Sizes of vocabularies on a logarithmic scale, shared by the slider and the plot. */
export interface SizeScale {
  readonly min: number;
  readonly max: number;
  /** Round sizes between the two, ascending: 1, 2 and 5 times powers of ten. */
  readonly marks: readonly number[];
  /** Where a size is, as a share of the width. */
  shareOf(size: number): number;
  /** The whole size at a share of the width. */
  valueAt(share: number): number;
}

export function sizeScale(min: number, max: number): SizeScale {
  const ratio = Math.log(max / min) || 1;
  const marks: number[] = [];
  for (let power = 1; power <= max; power *= 10) {
    for (const mark of [power, 2 * power, 5 * power]) if (mark > min && mark < max) marks.push(mark);
  }
  return {
    min,
    max,
    marks,
    shareOf: (size) => Math.min(1, Math.max(0, Math.log(size / min) / ratio)),
    valueAt: (share) => Math.round(min * Math.exp(share * ratio)),
  };
}

/** A round size in few characters: 500, 2k, 100k. */
export function shortSize(size: number): string {
  return size < 1000 ? String(size) : `${size / 1000}k`;
}
