import type { Runtime } from '../ort/runtime';
import { createWasmRuntime } from '../ort/wasm';

/** ONNX Runtime on WASM, as a module of its own, so that a worker may load it when it is needed. */
export function startRuntime(): Runtime {
  return createWasmRuntime();
}
