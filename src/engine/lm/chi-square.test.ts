import { describe, expect, it } from 'vitest';
import { chiSquare, upperGamma } from './chi-square';
import { draw, uniforms } from './draw';

describe('the chi-square test', () => {
  it('has the tail of the distribution', () => {
    // With two degrees of freedom e^(-x/2); the others from tables: 3.841, 18.307 and 124.342 are the 5 % points.
    expect(upperGamma(1, 3)).toBeCloseTo(Math.exp(-3), 12);
    expect(upperGamma(0.5, 3.841459 / 2)).toBeCloseTo(0.05, 7);
    expect(upperGamma(5, 18.307038 / 2)).toBeCloseTo(0.05, 7);
    expect(upperGamma(50, 124.342113 / 2)).toBeCloseTo(0.05, 7);
    expect([upperGamma(2, 0), upperGamma(2, Number.POSITIVE_INFINITY)]).toEqual([1, 0]);
  });

  it('is the sum that is known from dice', () => {
    // (5 + 2 + 1 + 1 + 2 + 5 squared differences of 10): 25 + 4 + 1 + 1 + 4 + 25, each over 10.
    const { statistic, freedom, p } = chiSquare([5, 8, 9, 11, 12, 15], new Array(6).fill(1 / 6), 60);
    expect(statistic).toBeCloseTo(6, 12);
    expect(freedom).toBe(5);
    expect(p).toBeCloseTo(0.3062, 4);
  });

  it('throws small cells together, and those left out with them', () => {
    // 60 of 100 expected in the first; the second and what is left out are one cell of 40.
    expect(chiSquare([50, 3], [0.6, 0.04], 100)).toMatchObject({ freedom: 1 });
    expect(chiSquare([50, 3], [0.6, 0.04], 100).statistic).toBeCloseTo(100 / 60 + 100 / 40, 12);
    expect(chiSquare([10], [1], 10).p).toBeUndefined();
  });

  it('finds what does not follow the probabilities, and lets pass what does', () => {
    const law = [0.4, 0.3, 0.2, 0.1];
    const uniform = uniforms(3);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 2000; i++) counts[draw(law, uniform())]!++;
    expect(chiSquare(counts, law, 2000).p).toBeGreaterThan(0.01);
    expect(chiSquare(counts, [0.3, 0.4, 0.2, 0.1], 2000).p).toBeLessThan(1e-9);
  });
});
