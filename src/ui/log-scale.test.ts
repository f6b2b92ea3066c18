import { expect, it } from 'vitest';
import { logScale } from './log-scale';

const scale = logScale(1, 256, [1, 2, 4, 8, 16, 32, 64, 128, 256]);

it('gives every doubling the same room, and finds every number again', () => {
  expect(scale.marks.map(scale.shareOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((octave) => octave / 8));
  for (let k = 1; k <= 256; k++) expect(scale.valueAt(scale.shareOf(k))).toBe(k);
});

it('goes to the number that is nearest on the track', () => {
  // Between 1 and 2, the middle of the track is the square root of 2, not 1.5.
  expect(scale.valueAt(scale.shareOf(2) * 0.49)).toBe(1);
  expect(scale.valueAt(scale.shareOf(2) * 0.51)).toBe(2);
  expect([scale.valueAt(-0.2), scale.valueAt(1.2)]).toEqual([1, 256]);
});

it('snaps to round numbers where others cannot be aimed at', () => {
  // A finger on a track of 350 px: 4 px.
  const grain = 4 / 350;
  const reached = new Set(Array.from({ length: 3501 }, (_, i) => scale.valueAt(i / 3500, grain)));
  for (const k of [...scale.marks, 3, 6, 12, 24, 48, 96, 192]) expect(reached).toContain(k);
  const sorted = [...reached].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((k, i) => (scale.shareOf(k) - scale.shareOf(sorted[i]!)) * 350);
  expect(Math.min(...gaps)).toBeGreaterThan(3);
  expect(sorted.length).toBeGreaterThan(30);
});

it('says whose cell is at a place', () => {
  expect(scale.cellAt(scale.shareOf(100) - 1e-4)).toBe(100);
  expect(scale.cellAt(scale.shareOf(100) + 1e-4)).toBe(101);
  for (let k = 1; k <= 256; k++) expect(scale.cellAt(scale.shareOf(k))).toBe(k);
});

it('is in one place where there is only one number', () => {
  const one = logScale(1, 1, [1]);
  expect([one.shareOf(1), one.valueAt(0), one.valueAt(1), one.cellAt(0.5)]).toEqual([0, 1, 1, 1]);
});
