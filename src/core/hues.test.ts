import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignHues } from './hues';

/** Degrees between two palette indices: index i is at 35 + 135 i degrees (src/ui/tokens.css). */
function degrees(a: number, b: number): number {
  const turn = (Math.abs(a - b) * 135) % 360;
  return Math.min(turn, 360 - turn);
}

describe('assignHues', () => {
  it('cycles through the palette by first appearance', () => {
    expect([...assignHues([10, 11, 12, 13, 14, 15, 16, 17, 18])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0]);
  });

  it('gives the same id the same hue', () => {
    expect([...assignHues([5, 6, 5, 7, 6])]).toEqual([0, 1, 0, 2, 1]);
  });

  it('keeps a new id 90 degrees away from both neighbours', () => {
    // 9 comes after 8 (index 7) and before 0, whose hue (index 0) is known by then.
    const hues = assignHues([0, 1, 2, 3, 4, 5, 6, 8, 9, 0]);
    expect(degrees(hues[8]!, hues[7]!)).toBeGreaterThanOrEqual(90);
    expect(degrees(hues[8]!, hues[9]!)).toBeGreaterThanOrEqual(90);
  });

  it('holds for any sequence: one hue an id, and new neighbours stand apart', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (ids) => {
        const hues = assignHues(ids);
        const seen = new Map<number, number>();
        ids.forEach((id, i) => {
          expect(hues[i]).toBeLessThan(8);
          const known = seen.get(id);
          if (known !== undefined) expect(hues[i]).toBe(known);
          else if (i > 0 && ids[i - 1] !== id) {
            expect(degrees(hues[i]!, hues[i - 1]!)).toBeGreaterThanOrEqual(90);
          }
          seen.set(id, hues[i]!);
        });
      }),
    );
  });

  it('is linear in the length', () => {
    const long = new Uint32Array(1_000_000).map((_, i) => (i * 2654435761) % 50_000);
    expect(assignHues(long)).toHaveLength(1_000_000);
  });
});
