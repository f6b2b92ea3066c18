import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import * as ort from 'onnxruntime-web/webgpu';
import { TokenoscopeError } from '../../core/errors';
import { probeWebGpu } from '../host/probe';
import { createRuntime, type Runtime } from './runtime';
import { webGpuOptions } from './webgpu-layout';

/**
 * onnxruntime-web on WebGPU. Call it in a worker. Every failure is `backend-unavailable`, since WASM may do
 * better; that includes a graphics device that is lost later.
 */
export async function createWebGpuRuntime(): Promise<Runtime> {
  const probe = await probeWebGpu();
  if (!probe.ok) throw new TokenoscopeError('backend-unavailable', probe.why);
  ort.env.wasm.wasmPaths = {
    mjs: new URL(mjs, import.meta.url).href,
    wasm: new URL(wasm, import.meta.url).href,
  };
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  let lost: Promise<never> | undefined;
  const runtime = createRuntime(ort, {
    threads: 1,
    session: webGpuOptions,
    unreliable: 'WebGPU',
    lost: () => lost ?? new Promise<never>(() => {}),
  });
  return {
    threads: 1,
    async load(graph, data) {
      const session = await runtime.load(graph, data);
      // The device exists only once a session does.
      lost ??= watch(ort.env.webgpu.device);
      lost.catch(() => {}); // the next run reports it
      return session;
    },
  };
}

// Declared as a promise, given as the device itself (onnxruntime-web 1.30).
async function watch(device: GPUDevice | Promise<GPUDevice>): Promise<never> {
  const { message } = await (await device).lost;
  const detail = message ? ` (${message})` : '';
  throw new TokenoscopeError('backend-unavailable', `WebGPU lost its graphics device${detail}`);
}
