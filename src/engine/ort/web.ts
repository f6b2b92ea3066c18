import { createRuntime, type OrtModule, type Runtime } from './runtime';

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

/** The parts of onnxruntime-web that are used here. */
interface OrtWeb extends OrtModule {
  readonly env: { readonly wasm: { numThreads?: number | undefined }; logLevel?: unknown };
}

/**
 * onnxruntime-web on WASM. Where its `.mjs` and `.wasm` are is its own default, or what `ort.env.wasm.wasmPaths` says.
 * @param ort onnxruntime-web/wasm
 * @param threads how many; by default as many as are useful here, which is 1 without cross-origin isolation
 */
export function createWebRuntime(ort: OrtWeb, threads = usefulThreads()): Runtime {
  ort.env.wasm.numThreads = threads; // 0, the default, would resolve to 1
  ort.env.logLevel = 'error';
  return createRuntime(ort, { threads, session: { executionProviders: ['wasm'] }, half: UNFOLDED });
}

/** One core stays with the page: idle threads of onnxruntime spin, so on two cores a second one only takes it. */
function usefulThreads(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(navigator.hardwareConcurrency - 1, MAX_THREADS) || 1);
}
