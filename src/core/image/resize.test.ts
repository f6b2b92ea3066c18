import { expect, it } from 'vitest';
import cases from './fixtures/pillow-bicubic.json';
import { BicubicResizer, resizeBicubic } from './resize';

const unpack = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

it.each(cases)('equals Pillow byte for byte from $from to $to', ({ from, to, rgb, expected }) => {
  const image = { width: from[0]!, height: from[1]!, data: unpack(rgb) };
  const result = resizeBicubic(image, to[0]!, to[1]!);
  expect(result.data).toEqual(unpack(expected));
});

it('gives the same row by row as at once', () => {
  const data = Uint8Array.from({ length: 30 * 20 * 3 }, (_, i) => (i * i * 31) % 256);
  const resizer = new BicubicResizer(30, 20, 8, 8);
  for (let y = 0; y < 20; y++) resizer.push(data.subarray(y * 90, (y + 1) * 90));
  expect(resizer.finish()).toEqual(resizeBicubic({ width: 30, height: 20, data }, 8, 8));
});

it('refuses to finish before all rows are in', () => {
  expect(() => new BicubicResizer(2, 2, 1, 1).finish()).toThrow('0 of 2 rows');
});
