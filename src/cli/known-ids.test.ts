import { join } from 'node:path';
import * as ortWasm from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import { samples } from '../catalog/pictures';
import { hashBytes } from '../engine/image/hash';
import { encoderOf, knownIds } from '../engine/image/known-ids';
import { openImageModel } from '../engine/image/model';
import { readModelFolder } from '../engine/image/model-folder';
import { createRuntime } from '../engine/ort/runtime';
import { FIRST_MODEL } from '../labs/image/store';
import { readPictureFile } from './picture-file';

ortWasm.env.wasm.numThreads = 1;

// `npx vitest run src/cli/known-ids.test.ts -u` writes the file anew where the picture or the model has changed.
it('what is known of a first picture is what its encoder computes', async () => {
  const files = await readModelFolder(join('public/models', FIRST_MODEL));
  const model = await openImageModel(
    files,
    createRuntime(ortWasm, { threads: 1, session: { executionProviders: ['wasm'] } }),
  );
  const image = await readPictureFile(join('public', samples[0]!.file), files.manifest.image);
  const ids = await model.encode(image);
  const content = {
    encoder: encoderOf(files.manifest),
    pixels: hashBytes(image.data),
    ids: Buffer.from(ids.buffer).toString('base64'),
  };
  await expect(`${JSON.stringify(content, null, 2)}\n`).toMatchFileSnapshot('../engine/image/known-ids.json');
  expect(knownIds(files.manifest, image)).toEqual(ids);
  image.data[0]! ^= 1;
  expect(knownIds(files.manifest, image)).toBeUndefined();
}, 60_000);
