import { describe, expect, it } from 'vitest';
import { codeUsage } from './code-usage';

const rows = (...lists: number[][]) => lists.map((list) => Uint32Array.from(list));

describe('codeUsage', () => {
  it('counts codes over all positions, and where they stand', () => {
    const usage = codeUsage(rows([7, 1, 9], [7, 2, 9], [7, 3, 7], [7, 4, 9]));
    expect(usage).toMatchObject({ pictures: 4, tokens: 12, used: 6 });
    expect([...usage.ranks]).toEqual([5, 3, 1, 1, 1, 1]);
    expect(usage.common[0]).toEqual({
      code: 7,
      count: 5,
      positions: [
        { position: 1, count: 4 },
        { position: 3, count: 1 },
      ],
    });
    expect(usage.common.map(({ code }) => code)).toEqual([7, 9, 1, 2, 3, 4]);
  });

  it('gives entropies in bits: none for a constant, log2 n for n different ones', () => {
    const { positions } = codeUsage(rows([7, 1, 9], [7, 2, 9], [7, 3, 7], [7, 4, 9]));
    expect(positions.map(({ distinct }) => distinct)).toEqual([1, 4, 2]);
    expect(positions[0]!.entropy).toBe(0);
    expect(positions[1]!.entropy).toBeCloseTo(2, 12);
    // Three of four and one of four: 0.75 log2(4/3) + 0.25 log2 4.
    expect(positions[2]!.entropy).toBeCloseTo(0.8112781244591328, 12);
  });

  it('of no picture is empty', () => {
    expect(codeUsage([])).toMatchObject({ pictures: 0, tokens: 0, used: 0, positions: [], common: [] });
  });
});
