import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import * as ort from 'onnxruntime-web/wasm';
import { createRuntime, type Runtime } from './runtime';

/** More threads than this gain little with models of this size, and take cores from the page. */
const MAX_THREADS = 4;

/**
 * onnxruntime widens 16-bit weights once, when it loads a graph, and keeps both copies. Without the folding of
 * constants they are widened layer by layer in every run; without the last level, which converts weights to the
 * processor's layout, nothing else copies them. `npm run bench -- checkpoint` measures it.
 */
const UNFOLDED = {
  graphOptimizationLevel: 'extended',
  extra: { optimization: { disable_specified_optimizers: 'ConstantFolding' } },
} as const;

/**
 * onnxruntime-web on WASM. Call it in a worker.
 * @param threads how many; by default as many as are useful here, which is 1 without cross-origin isolation
 */
export function createWasmRuntime(threads = usefulThreads()): Runtime {
  ort.env.wasm.wasmPaths = { mjs: absolute(mjs), wasm: absolute(wasm) };
  ort.env.wasm.numThreads = threads; // 0, the default, would resolve to 1
  ort.env.logLevel = 'error';
  return createRuntime(ort, { threads, session: { executionProviders: ['wasm'] }, half: UNFOLDED });
}

/** One core stays with the page: idle threads of onnxruntime spin, so on two cores a second one only takes it. */
function usefulThreads(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(navigator.hardwareConcurrency - 1, MAX_THREADS) || 1);
}

// Threads start from blobs, where an address relative to this file would mean nothing.
function absolute(url: string): string {
  return new URL(url, import.meta.url).href;
}
