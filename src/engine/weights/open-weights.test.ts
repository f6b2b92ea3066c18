import { expect, it } from 'vitest';
import { planLayouts } from './layout';
import { openWeights } from './open-weights';
import { headerLength, readHeader } from './safetensors';
import { safetensorsOf } from './testing/convert-whole';
import { statesOf } from './torch/network';
import type { TorchTensor } from './torch/tensors';
import type { StateDict } from './torch/torch-file';
import { partsInIndex } from './weights-index';

/** A safetensors file. */
function fileOf(
  tensors: Readonly<Record<string, readonly [dtype: string, shape: number[], bytes: Uint8Array]>>,
): Blob {
  let at = 0;
  const entries = Object.entries(tensors).map(([name, [dtype, shape, bytes]]) => {
    at += bytes.length;
    return [name, { dtype, shape, data_offsets: [at - bytes.length, at] }];
  });
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  return new Blob([length, json, ...Object.values(tensors).map(([, , bytes]) => new Uint8Array(bytes))]);
}

const bytesOf = (array: { readonly buffer: ArrayBufferLike }) => new Uint8Array(array.buffer);

it('takes safetensors of types that the graphs do not know, in pieces of any length', async () => {
  const content = fileOf({
    b: ['BF16', [3], bytesOf(Uint16Array.of(0x3f80, 0xc000, 0x3e80))],
    d: ['F64', [2], bytesOf(Float64Array.of(1.5, Math.PI))],
    l: ['I64', [2], bytesOf(BigInt64Array.of(-7n, 2n ** 31n - 1n))],
    f: ['F32', [1], bytesOf(Float32Array.of(0.1))],
    none: ['I64', [0], new Uint8Array(0)],
  });
  for (const pieceBytes of [1, 5, 1000]) {
    const bytes = await safetensorsOf([{ name: 'model.safetensors', content }], { pieceBytes });
    const tensors = readHeader(bytes.subarray(0, headerLength(bytes, 'x')), bytes.length, 'x');
    const numbers = [...tensors].map(([name, { type, offset, length }]) => {
      const own = bytes.slice(offset, offset + length).buffer;
      return [name, [...(type === 'int32' ? new Int32Array(own) : new Float32Array(own))]];
    });
    expect(Object.fromEntries(numbers)).toEqual({
      b: [1, -2, 0.25],
      d: [1.5, Math.fround(Math.PI)],
      l: [-7, 2 ** 31 - 1],
      f: [Math.fround(0.1)],
      none: [],
    });
  }
});

it('refuses whole numbers beyond 32 bits, by name', async () => {
  const content = fileOf({ l: ['I64', [1], bytesOf(BigInt64Array.of(2n ** 40n))] });
  await expect(safetensorsOf([{ name: 'm.safetensors', content }])).rejects.toThrow(
    '"l" holds the whole number 1099511627776, which does not fit into 32 bits.',
  );
});

it('keeps what needs no change as it is', async () => {
  const blob = fileOf({ f: ['F32', [1], bytesOf(Float32Array.of(1))], h: ['F16', [1], new Uint8Array(2)] });
  const { files } = await openWeights([
    { path: 'm.safetensors', bytes: blob.size, sha256: null, from: { blob } },
  ]);
  expect(files[0]!.layout).toBe(undefined);
});

it('refuses a name that is in two files, and more rearranging than memory allows', () => {
  const tensor = { name: 'w', type: 'float32', dims: [4], strides: [1], from: 0, reach: 4 } as const;
  const file = { name: 'a.bin', tensors: [tensor], known: [] };
  expect(() => planLayouts([file, { ...file, name: 'b.bin' }])).toThrow(
    'b.bin is damaged: "w" is there twice.',
  );
  const turned = { ...tensor, dims: [10_000, 10_000], strides: [1, 10_000], reach: 1e8 };
  expect(() => planLayouts([{ ...file, tensors: [turned] }])).toThrow(
    'a.bin keeps 1 tensors in another order than their own, "w" among them: 400 MB',
  );
});

it.each([
  ['{', 'it is not JSON'],
  ['{"weight_map": {"w": "../model-00001-of-00001.bin"}}', 'it does not name the files'],
  ['{"weight_map": {}}', 'it names no files'],
])('says what is wrong with the index %s', (text, words) => {
  expect(() => partsInIndex(text, 'model.safetensors.index.json')).toThrow(words);
});

it('says which of several states of a network it takes, and nothing of what is no other state of it', () => {
  const tensor = { kind: 'tensor' } as unknown as TorchTensor;
  const dict = (path: string, count: number): StateDict => ({
    path,
    tensors: new Map(Array.from({ length: count }, (_, i) => [`t${i}`, tensor])),
  });
  const all = [dict('ema', 100), dict('model', 100), dict('discriminator', 40), dict('optimizer.state', 2)];
  expect(statesOf(all)).toEqual({ taken: 'ema', others: ['model'] });
  expect(statesOf([dict('model', 100), dict('discriminator', 40)])).toBeUndefined();
  expect(statesOf([])).toBeUndefined();
});
