import type { Reading, ReadLine } from '../../../measures/image-measures';

/** Lines from top to bottom; what stands beside each other, by its middle, from left to right, with a space between. */
export function inReadingOrder(found: readonly ReadLine[]): Reading {
  const boxes = found
    .map((line) => {
      const ys = line.corners.map(({ y }) => y);
      const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
      return {
        line,
        middle: (top + bottom) / 2,
        height: bottom - top,
        left: Math.min(...line.corners.map(({ x }) => x)),
      };
    })
    .sort((a, b) => a.middle - b.middle);
  const rows: (typeof boxes)[] = [];
  for (const box of boxes) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && box.middle - first.middle < Math.min(box.height, first.height) / 2) row.push(box);
    else rows.push([box]);
  }
  const ordered = rows.map((row) => row.sort((a, b) => a.left - b.left).map(({ line }) => line));
  return {
    text: ordered.map((row) => row.map(({ text }) => text).join(' ')).join('\n'),
    lines: ordered.flat(),
  };
}
