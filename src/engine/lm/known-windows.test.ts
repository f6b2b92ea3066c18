import { describe, expect, it } from 'vitest';
import { rowOf, stacked } from './key-values';
import { KnownWindows } from './known-windows';

const SYMBOLS = 2;
const SHAPE = { depth: 1, heads: 2, head: 1 };

/** A window of `length` ids of which the last `fresh` were read now. */
function runOf(length: number, fresh: number, from = 0) {
  const data = Float32Array.from({ length: 2 * 2 * length }, (_, i) => from + i);
  const logits = Float32Array.from({ length: fresh * SYMBOLS }, (_, i) => 100 * from + i);
  return { keyValues: { data, length }, logits };
}

describe('computed windows', () => {
  it('are found by their ids, each beginning with its own logits', () => {
    const known = new KnownWindows(SYMBOLS, 1e6);
    expect(known.find([1, 2])).toMatchObject({ length: 0, keyValues: undefined });
    known.add([9, 1, 2], runOf(3, 3));
    expect(known.find([9, 1])).toMatchObject({ length: 2, logits: Float32Array.of(2, 3) });
    expect(known.find([9, 1, 2, 7])).toMatchObject({ length: 3, logits: Float32Array.of(4, 5) });
    expect(known.find([9, 5]).length).toBe(1);
    expect(known.find([8]).length).toBe(0);
  });

  it('are forgotten from the one that was not used for longest, within a limit', () => {
    const one = runOf(3, 1);
    const size = one.keyValues.data.byteLength + one.logits.byteLength;
    const known = new KnownWindows(SYMBOLS, 2 * size);
    known.add([9, 1, 1], one);
    known.add([9, 1, 2], runOf(3, 1));
    expect(known.find([9, 1, 1]).length).toBe(3);
    known.add([9, 1, 3], runOf(3, 1));
    expect(known.bytes).toBe(2 * size);
    expect(known.find([9, 1, 2]).length).toBe(0);
    expect(known.find([9, 1, 1]).length).toBe(3);
    // One that is larger than the limit alone is kept until the next.
    const tiny = new KnownWindows(SYMBOLS, 1);
    tiny.add([9], runOf(1, 1));
    expect(tiny.find([9]).length).toBe(1);
  });
});

it('stacks the beginnings of windows layer by layer, and takes them apart again', () => {
  // [2 layers, 1, 2 heads, 3 ids, 1]
  const a = runOf(3, 1).keyValues;
  const b = runOf(2, 1, 50).keyValues;
  const both = stacked([a, b], 2, SHAPE);
  expect(both.dims).toEqual([2, 2, 2, 2, 1]);
  expect(Array.from(both.data)).toEqual([0, 1, 3, 4, 50, 51, 52, 53, 6, 7, 9, 10, 54, 55, 56, 57]);
  expect(rowOf(both, 1)).toEqual({ data: b.data, length: 2 });
  expect(stacked([a], 3, SHAPE).data).toBe(a.data);
  expect(stacked([undefined, undefined], 0, SHAPE)).toEqual({
    data: new Float32Array(0),
    dims: [2, 2, 2, 0, 1],
  });
});
