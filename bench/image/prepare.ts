import { type ModelFiles, openImageModel } from '../../src/engine/image/model';
import type { Runtime } from '../../src/engine/ort/runtime';

/** One timed encode and decode, in milliseconds. */
export type Bench = () => Promise<{ encode: number; decode: number }>;

/** Loads a model and warms it up on its golden picture. The same code runs in Node and in the browser. */
export async function prepare(files: ModelFiles, runtime: Runtime): Promise<Bench> {
  const { manifest, golden } = files;
  if (!golden) throw new Error(`${manifest.id} has no golden picture to measure with.`);
  const model = await openImageModel(files, runtime);
  const data = Uint8Array.from(atob(golden.cases[0]!.rgb), (character) => character.charCodeAt(0));
  const image = { ...manifest.image, data };
  const bench: Bench = async () => {
    const began = performance.now();
    const ids = await model.encode(image);
    const encoded = performance.now();
    await model.decode(ids, manifest.tokens.count);
    return { encode: encoded - began, decode: performance.now() - encoded };
  };
  await bench();
  return bench;
}
