import type { History } from './history';

/** For each of the first merges: how many pairs are more frequent than the one that was merged, under these shares. */
export function rivals({ texts, size, changes, merges }: History, shares: readonly number[], count: number) {
  const frequencies = new Float64Array(size);
  const more: number[] = [];
  for (let t = 0; t < count; t++) {
    const { pairs, amounts } = changes[t]!;
    pairs.forEach((pair, i) => {
      for (let text = 0; text < texts; text++)
        frequencies[pair]! += shares[text]! * amounts[i * texts + text]!;
    });
    // Sums of differences: what is left of their rounding is no difference.
    const bar = frequencies[merges[t]!]! + 1e-12;
    let above = 0;
    for (const frequency of frequencies) if (frequency > bar) above++;
    more.push(above);
  }
  return more;
}
