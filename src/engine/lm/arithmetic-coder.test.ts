import { describe, expect, it } from 'vitest';
import {
  type Cumulative,
  costOf,
  Decoder,
  endings,
  lengthOf,
  narrowed,
  quantised,
  WHOLE,
} from './arithmetic-coder';
import { draw, uniforms } from './draw';

/** The bits of symbols, each with its own distribution. */
function write(symbols: readonly number[], distributions: readonly Cumulative[]): number[] {
  const bits: number[] = [];
  let at = WHOLE;
  for (const [i, symbol] of symbols.entries()) at = narrowed(at, distributions[i]!, symbol, bits);
  expect(bits).toHaveLength(at.settled);
  const [ending] = endings(at);
  expect(lengthOf(at)).toBe(at.settled + ending!.length);
  return [...bits, ...ending!];
}

function read(bits: readonly number[], distributions: readonly Cumulative[], padding: 0 | 1): number[] {
  const decoder = new Decoder(bits, 0, bits.length, padding);
  return distributions.map((distribution) => {
    const symbol = decoder.peek(distribution);
    decoder.take(distribution, symbol);
    return symbol;
  });
}

/** Distributions from even to nearly certain. */
function distributionsOf(seed: number, count: number, size: number): Cumulative[] {
  const next = uniforms(seed);
  return Array.from({ length: count }, () => {
    const power = 40 * next();
    const weights = Array.from({ length: size }, () => next() ** power);
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return quantised(weights.map((weight) => weight / sum));
  });
}

describe('a distribution in 14 bits', () => {
  it('gives every symbol a part, and divides the rest by the probabilities', () => {
    // By hand: of 16384 parts two are given first; 0.75 of 16382 is 12286.5.
    expect([...quantised([0.75, 0.25])]).toEqual([0, 12287, 16384]);
    expect([...quantised([0, 1, 0])]).toEqual([0, 1, 16383, 16384]);
    // Sums that come out above 1.
    expect([...quantised([0.7, 0.2, 0.1 + 1e-9, 0])].slice(3)).toEqual([16383, 16384]);
    const even = quantised(new Float64Array(256).fill(1 / 256));
    expect([...even]).toEqual(Array.from({ length: 257 }, (_, i) => 64 * i));
    expect(costOf(even, 7)).toBe(8);
    expect(costOf(quantised([0, 1, 0]), 0)).toBe(14);
  });

  it('is never without a part, whatever the probabilities', () => {
    for (const distribution of distributionsOf(3, 60, 256)) {
      const parts = distribution.slice(1).map((end, i) => end - distribution[i]!);
      expect(Math.min(...parts)).toBeGreaterThan(0);
    }
  });
});

describe('an arithmetic coder', () => {
  it('writes what probabilities of powers of two say: a = 0, b = 10, c = 11', () => {
    const abc = Uint16Array.of(0, 8192, 12288, 16384);
    const text = [0, 1, 2, 2, 0, 1];
    const bits = write(
      text,
      text.map(() => abc),
    );
    expect(bits.join('')).toBe(['0', '10', '11', '11', '0', '10'].join(''));
    const bytes = quantised(new Float64Array(256).fill(1 / 256));
    expect(write([0xa5, 0x01], [bytes, bytes]).join('')).toBe('1010010100000001');
    expect(write([], [])).toEqual([]);
  });

  it('writes the shortest of what is left open', () => {
    // The middle symbol of three: 1/4 to 3/4 holds the quarters 01 and 10, and no half.
    const three = Uint16Array.of(0, 4096, 12288, 16384);
    const at = narrowed(WHOLE, three, 1, []);
    expect(at).toMatchObject({ settled: 0, pending: 1 });
    expect(endings(at)).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it.each([2, 3, 17, 256])('reads what it wrote, of %i symbols, whatever follows', (size) => {
    for (const seed of [1, 2, 3]) {
      const distributions = distributionsOf(seed, 600, size);
      const next = uniforms(seed + 100);
      const symbols = distributions.map((distribution, i) => {
        // Mostly what is likely, sometimes anything.
        const weights = Array.from({ length: size }, (_, at) => distribution[at + 1]! - distribution[at]!);
        return i % 9 === 0 ? Math.floor(next() * size) : draw(weights, next());
      });
      const bits = write(symbols, distributions);
      expect(read(bits, distributions, 0)).toEqual(symbols);
      expect(read(bits, distributions, 1)).toEqual(symbols);
      const cost = symbols.reduce((sum, symbol, i) => sum + costOf(distributions[i]!, symbol), 0);
      expect(bits.length).toBeGreaterThanOrEqual(Math.floor(cost));
      expect(bits.length).toBeLessThan(cost + 2.1);
    }
  });
});
