/** A module factory as Emscripten writes it. */
type Factory<M> = (options: {
  readonly noInitialRun: boolean;
  readonly locateFile: () => string;
}) => Promise<M>;

/**
 * Starts a codec that was compiled by Emscripten, once; a failed start is tried again by the next call.
 * @param load imports its script
 * @param wasm where the build put its .wasm
 */
export function starter<M>(load: () => Promise<{ default: unknown }>, wasm: string): () => Promise<M> {
  let started: Promise<M> | undefined;
  return () => {
    started ??= load()
      .then((module) =>
        (module.default as Factory<M>)({
          noInitialRun: true,
          locateFile: () => new URL(wasm, import.meta.url).href,
        }),
      )
      .catch((error: unknown) => {
        started = undefined;
        throw error;
      });
    return started;
  };
}
