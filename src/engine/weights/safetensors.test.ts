import { describe, expect, it } from 'vitest';
import { headerLength, readHeader } from './safetensors';

/** A file with a header as given, followed by `data` zero bytes. */
function file(header: unknown, data: number): Uint8Array {
  const json = typeof header === 'string' ? header : JSON.stringify(header);
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(8 + text.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const tensor = (dtype: string, shape: unknown, from: number, to: number) => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

function read(bytes: Uint8Array) {
  return readHeader(bytes.subarray(0, headerLength(bytes, 'w')), bytes.length, 'w');
}

it('finds every tensor with its place in the file', () => {
  const header = {
    __metadata__: { format: 'pt' },
    b: tensor('F16', [3], 16, 22),
    a: tensor('F32', [2, 2], 0, 16),
    empty: tensor('F32', [0, 7], 16, 16),
    scalar: tensor('F32', [], 22, 26),
  };
  const bytes = file(header, 26);
  const start = bytes.length - 26;
  expect([...read(bytes)]).toEqual([
    ['b', { type: 'float16', dims: [3], offset: start + 16, length: 6 }],
    ['a', { type: 'float32', dims: [2, 2], offset: start, length: 16 }],
    ['empty', { type: 'float32', dims: [0, 7], offset: start + 16, length: 0 }],
    ['scalar', { type: 'float32', dims: [], offset: start + 22, length: 4 }],
  ]);
});

describe('a damaged file is refused:', () => {
  const long = new Uint8Array(16);
  new DataView(long.buffer).setBigUint64(0, 2n ** 60n, true);
  const four = { a: tensor('F32', [1], 0, 4) };

  it.each([
    ['an empty one', new Uint8Array(0), 'ends after 0 bytes'],
    ['a header of 2^60 bytes', long, '1152921504606846976 bytes'],
    ['one that ends within its header', file(four, 4).subarray(0, 20), 'ends within its header'],
    ['a header that is no JSON', file('{"a":', 0), 'not JSON'],
    ['a header that is a list', file([], 0), 'not a JSON object'],
    ['a header that is null', file('null', 0), 'not a JSON object'],
    ['a tensor without a place', file({ a: { dtype: 'F32', shape: [1] } }, 4), '"a" properly'],
    ['a negative size', file({ a: tensor('F32', [-1], 0, 4) }, 4), '"a" properly'],
    ['a fractional offset', file({ a: tensor('F32', [1], 0.5, 4.5) }, 8), '"a" properly'],
    ['a type that nothing here computes in', file({ a: tensor('F8_E4M3', [4], 0, 4) }, 4), 'as F8_E4M3'],
    [
      'a length that is not the shape’s',
      file({ a: tensor('F32', [2], 0, 4) }, 4),
      '4 bytes where 2 F32 take 8',
    ],
    [
      'a shape beyond all numbers',
      file({ a: tensor('F32', [2 ** 40, 2 ** 40], 0, 4) }, 4),
      '"a" takes 4 bytes',
    ],
    ['a tensor beyond the end', file({ a: tensor('F32', [2], 0, 8) }, 4), 'and the file at byte'],
    [
      'tensors that overlap',
      file({ a: tensor('F32', [2], 0, 8), b: tensor('F32', [1], 4, 8) }, 8),
      '"a" and "b" overlap',
    ],
  ])('%s', (_, bytes, words) => {
    expect(() => read(bytes)).toThrow(words);
  });
});
