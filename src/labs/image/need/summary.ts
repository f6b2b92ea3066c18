import { prefixTicks } from '../../../engine/image/prefix-player';

/** The middle value, of an even number the lower of the two: half of the values are at most this. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
}

/** Pictures that need so many tokens. */
export interface NeedBin {
  /** "1", "2", "3–4", ... "> 256" */
  readonly label: string;
  readonly count: number;
}

/** Counts needs in doublings: 1, 2, 3 to 4, ... up to `most`; the last bin holds the pictures that never get there. */
export function binsOf(needs: readonly (number | null)[], most: number): NeedBin[] {
  const bins: NeedBin[] = [];
  let before = 0;
  for (const end of prefixTicks(most)) {
    const count = needs.filter((k) => k !== null && k > before && k <= end).length;
    bins.push({ label: before + 1 === end ? String(end) : `${before + 1}–${end}`, count });
    before = end;
  }
  bins.push({ label: `> ${most}`, count: needs.filter((k) => k === null).length });
  return bins;
}
