import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import * as ort from 'onnxruntime-web/wasm';
import type { Runtime } from './runtime';
import { createWebRuntime } from './web';

/** onnxruntime-web on WASM, with the files that the page is built with. Call it in a worker. */
export function createWasmRuntime(threads?: number): Runtime {
  ort.env.wasm.wasmPaths = { mjs: absolute(mjs), wasm: absolute(wasm) };
  return createWebRuntime(ort, threads);
}

// Threads start from blobs, where an address relative to this file would mean nothing.
function absolute(url: string): string {
  return new URL(url, import.meta.url).href;
}
