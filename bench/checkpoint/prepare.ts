import { type ModelGraphs, openImageModel } from '../../src/engine/image/model';
import type { Runtime } from '../../src/engine/ort/runtime';

/** One timed encoding and decoding, in milliseconds. */
export type Round = () => Promise<{ encode: number; decode: number }>;

/** Loads both graphs. The same code runs in Node and in the browser. */
export async function prepare(graphs: ModelGraphs, runtime: Runtime): Promise<Round> {
  const { image, tokens } = graphs.manifest;
  const model = await openImageModel(graphs, runtime);
  const picture = { ...image, data: new Uint8Array(image.width * image.height * 3).fill(128) };
  return async () => {
    const began = performance.now();
    const ids = await model.encode(picture);
    const encoded = performance.now();
    await model.decode(ids, tokens.count);
    return { encode: encoded - began, decode: performance.now() - encoded };
  };
}
