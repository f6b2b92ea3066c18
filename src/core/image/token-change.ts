/** What a token changes: the difference between the pictures before it and with it. Pictures are RGBA of one size. */

/** @returns mean squared difference of red, green and blue, in squared 8-bit steps */
export function meanSquare(before: ArrayLike<number>, after: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < before.length; i += 4) {
    const r = before[i]! - after[i]!;
    const g = before[i + 1]! - after[i + 1]!;
    const b = before[i + 2]! - after[i + 2]!;
    sum += r * r + g * g + b * b;
  }
  return sum / ((before.length / 4) * 3);
}

/** Where two pictures differ: the squared difference of each pixel, summed over its colours, float32 [pixels]. */
export function changeMap(before: ArrayLike<number>, after: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const map = new Float32Array(before.length / 4);
  for (let at = 0, i = 0; at < map.length; at++, i += 4) {
    const r = before[i]! - after[i]!;
    const g = before[i + 1]! - after[i + 1]!;
    const b = before[i + 2]! - after[i + 2]!;
    map[at] = r * r + g * g + b * b;
  }
  return map;
}

/** A region is where a change mostly is if it holds this much of it. */
const MOST = 0.5;

const ROWS = ['upper', 'middle', 'lower'] as const;
const COLUMNS = ['left', 'middle', 'right'] as const;

/**
 * Where in the picture a change mostly is, as a noun phrase ("the upper left", "the lower half"): the smallest of
 * the thirds, halves and corners that holds at least half of it. "the whole picture" where none does, and undefined
 * where nothing changes.
 */
export function placeOfChange(map: Float32Array, width: number): string | undefined {
  const height = map.length / width;
  const grid = new Float64Array(9);
  const halves = { left: 0, right: 0, upper: 0, lower: 0 };
  let total = 0;
  for (let y = 0; y < height; y++) {
    const row = Math.min(2, Math.floor((y * 3) / height));
    for (let x = 0; x < width; x++) {
      const value = map[y * width + x]!;
      grid[row * 3 + Math.min(2, Math.floor((x * 3) / width))]! += value;
      halves[x * 2 < width ? 'left' : 'right'] += value;
      halves[y * 2 < height ? 'upper' : 'lower'] += value;
      total += value;
    }
  }
  if (total === 0) return undefined;
  const best = grid.indexOf(Math.max(...grid));
  if (grid[best]! >= total * MOST) return ninth(ROWS[Math.floor(best / 3)]!, COLUMNS[best % 3]!);
  const [side, held] = Object.entries(halves).reduce((most, one) => (one[1] > most[1] ? one : most));
  // Half of the area holds half of any even change; only clearly more is worth saying.
  return held >= total * 0.7 ? `the ${side} half` : 'the whole picture';
}

function ninth(row: (typeof ROWS)[number], column: (typeof COLUMNS)[number]): string {
  if (row === 'middle') return column === 'middle' ? 'the middle' : `the ${column} edge`;
  return column === 'middle' ? `the ${row} edge` : `the ${row} ${column}`;
}

/** The ends of the scale: shares of all change outside of them have the colour of the end. */
export const LEAST_SHARE = 1e-4;
export const MOST_SHARE = 1e-1;

/** A share of all change on the logarithmic scale of the legend, 0..1; NaN where it is unknown. */
export function onShareScale(share: number): number {
  if (Number.isNaN(share)) return Number.NaN;
  const place = Math.log(Math.max(share, LEAST_SHARE) / LEAST_SHARE) / Math.log(MOST_SHARE / LEAST_SHARE);
  return Math.min(1, place);
}
