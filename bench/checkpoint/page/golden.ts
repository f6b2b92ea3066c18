import type { ModelGraphs } from '../../../src/engine/image/model';
import type { Runtime } from '../../../src/engine/ort/runtime';
import { planHalf } from '../../../src/engine/weights/half-file';
import { headerLength, readHeader } from '../../../src/engine/weights/safetensors';
import type { Difference } from './api';

/**
 * Runs a golden checkpoint on its pictures.
 * @param expected the file of what the official code made of them
 * @param half whether to round the weights first, as the page does
 */
export async function compareGolden(
  runtime: Runtime,
  graphsOf: (weights: Uint8Array) => ModelGraphs,
  weights: Uint8Array,
  expected: Uint8Array,
  half: boolean,
): Promise<Difference> {
  const { manifest, encoder, decoder, begin, data } = graphsOf(half ? halved(weights) : weights);
  const { width, height } = manifest.image;
  const [encode, decode] = [await runtime.load(encoder, data), await runtime.load(decoder, data)];
  const first = begin && (await runtime.load(begin, data));
  const golden = rowsOf(expected);
  const found = { ids: 0, wrong: 0, most: 0, sum: 0, pixels: 0 };
  for (let picture = 0; picture < golden.count; picture++) {
    const image = new Float32Array(golden.row('image', picture));
    const ids = new Int32Array(golden.row('ids', picture));
    const given = await encode.run({ image: { data: image, dims: [1, 3, height, width] } }, 'ids');
    ids.forEach((id, i) => {
      found.ids++;
      if (id !== given.data[i]) found.wrong++;
    });
    const inputs = {
      ids: { data: ids, dims: [1, ids.length] },
      k: { data: Int32Array.of(ids.length), dims: [1] },
    };
    const drawn = await decode.run(
      first ? { features: await first.run(inputs, 'features') } : inputs,
      'image',
    );
    new Float32Array(golden.row('reconstruction', picture)).forEach((value, i) => {
      const difference = Math.abs(value - drawn.data[i]!);
      found.most = Math.max(found.most, difference);
      found.sum += difference;
      found.pixels++;
    });
  }
  return { ids: found.ids, wrong: found.wrong, most: found.most, mean: found.sum / found.pixels };
}

function halved(weights: Uint8Array): Uint8Array {
  const half = planHalf(weights.subarray(0, headerLength(weights, 'w')), weights.length, 'w');
  return half ? half.convert(0, weights) : weights;
}

/** Tensors by picture. */
function rowsOf(file: Uint8Array) {
  const tensors = readHeader(file.subarray(0, headerLength(file, 'expected')), file.length, 'expected');
  return {
    count: tensors.get('image')!.dims[0]!,
    row(name: string, index: number): ArrayBuffer {
      const { offset, length, dims } = tensors.get(name)!;
      const each = length / dims[0]!;
      return Uint8Array.from(file.subarray(offset + index * each, offset + (index + 1) * each)).buffer;
    },
  };
}
