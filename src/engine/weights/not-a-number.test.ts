import { expect, it } from 'vitest';
import { findNaN } from './not-a-number';
import type { StoredTensor } from './safetensors';

const tensor = (type: StoredTensor['type'], offset: number, length: number): StoredTensor => ({
  type,
  dims: [length / (type === 'float16' ? 2 : 4)],
  offset,
  length,
});
const NAN = [0, 0, 0xc0, 0x7f];
const INFINITY = [0, 0, 0x80, 0xff];

it('finds a NaN in whichever part it lies, by its tensor, and lets infinities and whole numbers be', () => {
  const tensors = new Map([
    ['mask', tensor('float32', 10, 8)],
    ['ids', tensor('int32', 18, 4)],
    ['scale', tensor('float32', 22, 8)],
    ['half', tensor('float16', 30, 4)],
  ]);
  const file = new Uint8Array(34);
  file.set(INFINITY, 10);
  file.set(NAN, 18); // a number like any other in whole numbers
  expect(findNaN(tensors, 0, file)).toBeUndefined();
  file.set([0, 0x7c], 30); // infinity in 16 bits
  expect(findNaN(tensors, 0, file)).toBeUndefined();
  file.set([1, 0xfc], 32);
  expect(findNaN(tensors, 0, file)).toBe('half');
  file.set(NAN, 26);
  expect(findNaN(tensors, 0, file)).toBe('scale');
  for (const from of [0, 3, 12, 23, 25, 26]) {
    expect(findNaN(tensors, from, file.subarray(from, 30)), `from ${from}`).toBe('scale');
  }
  // It lies across the borders of both parts.
  expect(findNaN(tensors, 0, file.subarray(0, 28))).toBeUndefined();
  expect(findNaN(tensors, 28, file.subarray(28, 30))).toBeUndefined();
});
