import { describe, expect, it } from 'vitest';
import { type Codebook, scalarCodebook, signCodebook, vectorCodebook } from './codebook';
import { standardNormal } from './noise';

const books = vectorCodebook([
  { kind: 'sum', count: 3, size: 8, dims: 5, first: standardNormal(1, 120), second: standardNormal(2, 120) },
  {
    kind: 'placed',
    count: 4,
    size: 16,
    dims: 3,
    phases: 2,
    places: 4,
    levels: Int8Array.from(standardNormal(3, 96), (value) => value * 40),
    scale: Float32Array.of(0.5, 1, 2, 1, 1, 1),
  },
]);

/** The definition, in the slow way. */
function slow(book: Codebook, at: number, id: number, ids: readonly number[], count: number): number[] {
  const own = book.vector(at, id);
  const distance = (other: number) => {
    const vector = book.vector(at, other);
    return Array.from(own, (value, d) => (value - vector[d]!) ** 2).reduce((sum, value) => sum + value, 0);
  };
  return ids
    .filter((other) => other !== id)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, count);
}

const all = Array.from({ length: 64 }, (_, id) => id);

describe('a codebook of vectors', () => {
  it.each([0, 1, 2])('finds the nearest sums of token %i', (at) => {
    for (const id of [0, 17, 63]) {
      expect(books.nearest(at, id, 4).map((code) => code.id)).toEqual(slow(books, at, id, all, 4));
    }
  });

  it.each([3, 4, 5, 6])('finds the nearest shapes of token %i, at its own place', (at) => {
    for (const id of [0, 21, 63]) {
      const here = all.filter((other) => Math.floor(other / 16) === Math.floor(id / 16));
      expect(books.nearest(at, id, 4).map((code) => code.id)).toEqual(slow(books, at, id, here, 4));
    }
  });

  it('finds the sum between two, by the definition', () => {
    for (const [at, a, b, share] of [
      [0, 3, 60, 0.3],
      [1, 17, 17, 0.5],
      [2, 63, 0, 0.8],
    ] as const) {
      const [from, to] = [books.vector(at, a), books.vector(at, b)];
      const distance = (id: number) =>
        Array.from(
          books.vector(at, id),
          (value, d) => (value - (1 - share) * from[d]! - share * to[d]!) ** 2,
        ).reduce((sum, each) => sum + each, 0);
      expect(books.between(at, a, b, share)).toBe([...all].sort((x, y) => distance(x) - distance(y))[0]);
    }
  });

  it('finds the shape between two at the places of both, by the definition', () => {
    // A code as a vector of all four places.
    const whole = (at: number, id: number) => {
      const vector = new Float64Array(12);
      vector.set(Array.from(books.vector(at, id)), 3 * Math.floor(id / 16));
      return vector;
    };
    for (const [at, a, b] of [
      [3, 2, 61],
      [4, 18, 20],
      [5, 40, 7],
      [6, 63, 63],
    ] as const) {
      for (const share of [0.1, 0.4, 0.6, 0.9]) {
        const target = whole(at, a).map((value, d) => (1 - share) * value + share * whole(at, b)[d]!);
        const distance = (id: number) =>
          whole(at, id).reduce((sum, value, d) => sum + (value - target[d]!) ** 2, 0);
        const places = [a, b].map((id) => Math.floor(id / 16));
        const allowed = all.filter((id) => places.includes(Math.floor(id / 16)));
        const least = Math.min(...allowed.map(distance));
        expect(distance(books.between(at, a, b, share))).toBeCloseTo(least, 6);
      }
    }
  });

  it('knows the code that adds least', () => {
    const norm = (at: number, id: number) =>
      Array.from(books.vector(at, id)).reduce((sum, value) => sum + value * value, 0);
    for (const at of [0, 1, 2, 3, 4, 5, 6]) {
      const least = Math.min(...all.map((id) => norm(at, id)));
      expect(norm(at, books.leastOf(at)!)).toBeCloseTo(least);
    }
  });

  it('gives the tokens of a round the round’s book, and the next round another', () => {
    expect(books.vector(3, 5)).toEqual(books.vector(4, 5));
    expect(books.vector(3, 5)).not.toEqual(books.vector(5, 5));
  });
});

describe('scalar codes', () => {
  const book = scalarCodebook([8, 8, 8, 5, 5, 5]);

  it('lead from one to another, dimension by dimension', () => {
    const [a, b] = [0, 7 + 8 * (4 + 8 * (0 + 8 * (4 + 5 * (2 + 5 * 1))))];
    expect(book.between(0, a, b, 0.5)).toBe(4 + 8 * (2 + 8 * (0 + 8 * (2 + 5 * (1 + 5 * 1)))));
    expect(book.between(0, a, b, 0)).toBe(a);
    expect(book.between(0, a, b, 1)).toBe(b);
  });

  it('spell an id in the order of its levels', () => {
    // 3 + 8 * (1 + 8 * (7 + 8 * (4 + 5 * (0 + 5 * 2))))
    const id = 3 + 8 * (1 + 8 * (7 + 8 * (4 + 5 * (0 + 5 * 2))));
    expect(Array.from(book.vector(0, id))).toEqual([-0.25, -0.75, 0.75, 1, -1, 0]);
  });

  it('have neighbours one step away in one dimension, nearest first', () => {
    const id = 31_234;
    const near = book.nearest(0, id, 6);
    expect(near[0]!.distance).toBeCloseTo(0.25);
    for (const { id: other, distance } of near) {
      const [a, b] = [book.vector(0, id), book.vector(0, other)];
      const differing = Array.from(a).filter((value, d) => value !== b[d]);
      expect(differing).toHaveLength(1);
      const far = Math.max(...Array.from(a, (value, d) => Math.abs(value - b[d]!)));
      expect(far).toBeCloseTo(distance);
    }
  });

  it('have a code of zeros', () => {
    expect(Array.from(book.vector(0, book.leastOf(0)!))).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

it('codes of signs differ from their neighbours in one bit, and none of them adds nothing', () => {
  const book = signCodebook(8);
  expect(book.nearest(0, 0b1010, 8).map(({ id }) => (id ^ 0b1010).toString(2))).toEqual([
    '1',
    '10',
    '100',
    '1000',
    '10000',
    '100000',
    '1000000',
    '10000000',
  ]);
  expect(book.leastOf(0)).toBeUndefined();
});
