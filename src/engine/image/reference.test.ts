import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createNodeRuntime } from '../ort/node';
import { readCheckpointFolder } from '../weights/checkpoint-folder';
import { type ImageModel, openImageModel } from './model';
import { computeReference, findReferenceDifference } from './reference';

const FOLDER = join(import.meta.dirname, '../families/fixtures/one-d-piece-tiny');

it('agrees with itself, forgives a near tie, and finds what computes something else', async () => {
  const model = await openImageModel(await readCheckpointFolder(FOLDER), createNodeRuntime(1));
  const reference = await computeReference(model);
  expect(reference.ids).toHaveLength(32);
  expect(reference.rgb).toHaveLength(64 * 64 * 3);
  expect(await findReferenceDifference(model, reference)).toBeUndefined();

  const withIds = (count: number): ImageModel => ({
    ...model,
    encode: async (image) => (await model.encode(image)).map((id, i) => (i < count ? (id + 1) % 256 : id)),
  });
  expect(await findReferenceDifference(withIds(1), reference)).toBeUndefined();
  expect(await findReferenceDifference(withIds(2), reference)).toBe(
    '2 of 32 tokens of a fixed picture differ',
  );

  const withLight = (levels: number): ImageModel => ({
    ...model,
    decode: async (ids, k) => {
      const { data, ...size } = await model.decode(ids, k);
      return { ...size, data: data.map((value) => (value < 128 ? value + levels : value - levels)) };
    },
  });
  expect(await findReferenceDifference(withLight(2), reference)).toBeUndefined();
  expect(await findReferenceDifference(withLight(3), reference)).toContain('differs by 3 of 255 levels');
  await model.release();
});
