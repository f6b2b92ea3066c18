import { type ModelFiles, openImageModel } from '../../src/engine/image/model';
import type { Runtime } from '../../src/engine/ort/runtime';

/** One timed encode and decode, in milliseconds, and how much of both the sessions took. */
export interface Round {
  readonly encode: number;
  readonly decode: number;
  readonly inside: number;
}

export type Bench = () => Promise<Round>;

/** Loads a model and warms it up on its golden picture. The same code runs in Node and in the browser. */
export async function prepare(files: ModelFiles, runtime: Runtime): Promise<Bench> {
  const { manifest, golden } = files;
  if (!golden) throw new Error(`${manifest.id} has no golden picture to measure with.`);
  const sessions = { ms: 0 };
  const model = await openImageModel(files, watched(runtime, sessions));
  const data = Uint8Array.from(atob(golden.cases[0]!.rgb), (character) => character.charCodeAt(0));
  const image = { ...manifest.image, data };
  const bench: Bench = async () => {
    sessions.ms = 0;
    const began = performance.now();
    const ids = await model.encode(image);
    const encoded = performance.now();
    await model.decode(ids, manifest.tokens.count);
    return { encode: encoded - began, decode: performance.now() - encoded, inside: sessions.ms };
  };
  await bench();
  return bench;
}

/** The same runtime; `sessions` adds up the time inside of its sessions. */
function watched(runtime: Runtime, sessions: { ms: number }): Runtime {
  return {
    threads: runtime.threads,
    async load(graph, data) {
      const session = await runtime.load(graph, data);
      const timed =
        <Args extends unknown[], Result>(run: (...args: Args) => Promise<Result>) =>
        async (...args: Args): Promise<Result> => {
          const began = performance.now();
          const result = await run(...args);
          sessions.ms += performance.now() - began;
          return result;
        };
      return { ...session, run: timed(session.run), runAll: timed(session.runAll) };
    },
  };
}
