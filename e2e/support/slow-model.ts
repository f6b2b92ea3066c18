import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Graph } from '../../src/engine/onnx/graph';
import type { TestFile } from './files';

const TOY = 'src/engine/image/fixtures/toy-16';
/** The larger, the longer: so many products of matrices of this size take many minutes on a CPU. */
const SIZE = 2048;
const PRODUCTS = 2000;

/** A model that encodes at once but whose decoder takes longer than any test can wait. */
export async function slowModelFiles(): Promise<TestFile[]> {
  const read = (name: string) => readFile(join(TOY, name));
  const manifest = JSON.parse((await read('manifest.json')).toString());
  const decoder = slowDecoder(manifest.tokens.count, manifest.image);
  const { golden: _golden, ...rest } = manifest;
  const slow = {
    ...rest,
    label: 'Slow 16',
    files: {
      ...manifest.files,
      decoder: {
        path: 'decoder.onnx',
        bytes: decoder.length,
        sha256: createHash('sha256').update(decoder).digest('hex'),
      },
    },
  };
  const file = (name: string, bytes: Uint8Array): TestFile => ({ name, type: '', bytes });
  return [
    file('manifest.json', Buffer.from(JSON.stringify(slow))),
    file('encoder.onnx', await read('encoder.onnx')),
    file('decoder.onnx', decoder),
    file('weights.bin', await read('weights.bin')),
  ];
}

function slowDecoder(count: number, image: { readonly width: number; readonly height: number }): Uint8Array {
  const graph = new Graph('slow decoder');
  graph.input('ids', 'int32', [1, count]);
  const k = graph.input('k', 'int32', [1]);
  // Made out of an input, so that nothing is computed before it runs.
  const ones = graph.op(
    'Mul',
    [graph.op('Cast', [k], [1], { to: 1 }), graph.floats([1 / SIZE / 8], [1])],
    [1],
  );
  const matrix = graph.op('Expand', [ones, graph.int64s([SIZE, SIZE])], [SIZE, SIZE]);
  let product = matrix;
  for (let i = 0; i < PRODUCTS; i++) product = graph.matmul(product, matrix);
  const mean = graph.op('ReduceMean', [product], [1, 1], { keepdims: 1 });
  const dims = [1, 3, image.height, image.width];
  graph.output(graph.op('Expand', [mean, graph.int64s(dims)], dims), 'image', 'float32');
  return graph.encode();
}
