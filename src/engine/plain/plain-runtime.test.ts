import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDecoder, openImageModel } from '../image/model';
import { readModelFolder } from '../image/model-folder';
import { bundledModels } from '../image/models';
import { createNodeRuntime } from '../ort/node';
import { plainRuntime, runsPlainly } from './plain-runtime';

const folder = (id: string) => join('public/models', id);

it('draws what onnxruntime draws, to within a level, for every bundled decoder that it can run', async () => {
  const drawn: string[] = [];
  for (const { id } of bundledModels) {
    const files = await readModelFolder(folder(id));
    if (files.flow || !runsPlainly(files.decoder)) continue;
    drawn.push(id);
    const reference = await openImageModel(files, createNodeRuntime(1));
    const plain = await openDecoder(files, plainRuntime);
    const { count, codebookSize } = files.manifest.tokens;
    for (const k of [1, 2, 64, count - 1, count].filter((at) => at <= count)) {
      const ids = Uint32Array.from({ length: count }, (_, i) => (i * 7919 + k * 31) % codebookSize);
      const [a, b] = [await reference.decode(ids, k), await plain.decode(ids, k)];
      const differences = a.data.map((value, i) => Math.abs(value - b.data[i]!));
      expect(Math.max(...differences), `${id}, k = ${k}`).toBeLessThanOrEqual(1);
      const off = differences.filter((difference) => difference > 0).length;
      expect(off / differences.length, `${id}, k = ${k}`).toBeLessThan(0.001);
    }
  }
  expect(drawn).toEqual(['karhunen-128', 'karhunen-64']);
});
