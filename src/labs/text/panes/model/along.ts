/** Points of a curve: more would not be seen. */
const POINTS = 320;

/**
 * Costs along a text, each the mean around its place.
 * @param costs of bytes, in bits
 * @returns places in bytes with the mean of `around` bytes on each side
 */
export function smoothed(costs: Float64Array, around: number): [x: number, y: number][] {
  const sums = new Float64Array(costs.length + 1);
  for (let i = 0; i < costs.length; i++) sums[i + 1] = sums[i]! + costs[i]!;
  const count = Math.min(POINTS, costs.length);
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? 0 : Math.round((i * (costs.length - 1)) / (count - 1));
    const from = Math.max(0, at - around);
    const to = Math.min(costs.length, at + around + 1);
    return [at, (sums[to]! - sums[from]!) / (to - from)];
  });
}

/** Bytes on each side that a mean is taken over: an eightieth of the text, 8 to 64. */
export function aroundOf(bytes: number): number {
  return Math.min(64, Math.max(8, Math.round(bytes / 80)));
}

/** A line of a text and what it costs. */
export interface LineCost {
  /** From 0. */
  readonly line: number;
  readonly start: number;
  /** Behind its line break. */
  readonly end: number;
  readonly bits: number;
}

/** The lines that have been read, the last one perhaps in part; without empty ones. */
export function linesOf(bytes: Uint8Array, costs: Float64Array): LineCost[] {
  const lines: LineCost[] = [];
  for (let start = 0, line = 0; start < costs.length; line++) {
    const found = bytes.indexOf(0x0a, start);
    const end = Math.min(costs.length, found < 0 ? bytes.length : found + 1);
    let bits = 0;
    for (let i = start; i < end; i++) bits += costs[i]!;
    if (end - start > 1) lines.push({ line, start, end, bits });
    start = end;
  }
  return lines;
}
