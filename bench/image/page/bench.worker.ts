import { fetchModel } from '../../../src/engine/image/model-store';
import { createWasmRuntime } from '../../../src/engine/ort/wasm';
import { createWebGpuRuntime } from '../../../src/engine/ort/webgpu';
import { type ServerScope, serve } from '../../../src/engine/rpc/server';
import { type Bench, prepare } from '../prepare';
import type { BenchApi } from './api';

let bench: Bench | undefined;

serve<BenchApi>(
  {
    async open({ setting, model, modelsUrl }) {
      const files = await fetchModel(modelsUrl, model, undefined, () => {});
      const began = performance.now();
      const runtime =
        setting.backend === 'webgpu' ? await createWebGpuRuntime() : createWasmRuntime(setting.threads);
      bench = await prepare(files, runtime);
      return { ms: performance.now() - began };
    },
    async round() {
      if (!bench) throw new Error('Open a model first.');
      return bench();
    },
  },
  globalThis as unknown as ServerScope,
);
