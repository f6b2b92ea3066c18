import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelGraphs } from '../../image/model';
import { createNodeRuntime } from '../../ort/node';
import { headerLength, readHeader } from '../safetensors';

/**
 * What the official code made of a golden checkpoint's weights (fixtures/README.md).
 * @returns a function that gives one picture's part of a tensor
 */
export function expectedOf(folder: string): (key: string, picture: number) => Float32Array | Int32Array {
  const file = readFileSync(join(folder, 'expected.safetensors'));
  const tensors = readHeader(file.subarray(0, headerLength(file, folder)), file.length, folder);
  return (key, picture) => {
    const { type, dims, offset, length } = tensors.get(key)!;
    const each = length / dims[0]!;
    const bytes = Uint8Array.from(file.subarray(offset + picture * each, offset + (picture + 1) * each));
    return type === 'int32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer);
  };
}

/** Largest difference of two rows of numbers. @throws RangeError where they are not equally long */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} numbers and ${b.length} are no pair.`);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

/** Opens graphs in Node, to be called by what they take and give. */
export async function openGraphs({ manifest, encoder, decoder, begin, data }: ModelGraphs) {
  const { width, height } = manifest.image;
  const runtime = createNodeRuntime();
  const [encode, decode] = [await runtime.load(encoder, data), await runtime.load(decoder, data)];
  const first = begin && (await runtime.load(begin, data));
  return {
    encode: async (image: Float32Array) =>
      Int32Array.from(
        (await encode.run({ image: { data: image, dims: [1, 3, height, width] } }, 'ids')).data,
      ),
    decode: async (ids: Int32Array, k: number) => {
      const prefix = { ids: { data: ids, dims: [1, ids.length] }, k: { data: Int32Array.of(k), dims: [1] } };
      const inputs = first ? { features: await first.run(prefix, 'features') } : prefix;
      return (await decode.run(inputs, 'image')).data;
    },
  };
}
