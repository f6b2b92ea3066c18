import type { Round } from '../prepare';

/** One way to run a model in the browser. */
export interface Setting {
  readonly backend: 'wasm' | 'webgpu';
  readonly threads: number;
}

/** The benchmark worker's methods. Times are milliseconds, measured in the worker. */
export type BenchApi = {
  /** Starts the runtime and loads the model. */
  open: { args: { setting: Setting; model: string; modelsUrl: string }; result: { ms: number } };
  /** One encode of the golden picture and one decode of all its tokens. */
  round: { args: null; result: Round };
};
