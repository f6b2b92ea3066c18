/** Where sessions run in the page. */
export type Backend = 'webgpu' | 'wasm';

/** The user's choice. */
export type BackendChoice = 'auto' | Backend;

/** Where a model really runs, and why. Shown by the backend badge. */
export interface BackendReport {
  readonly backend: Backend;
  /** WASM threads; 1 without cross-origin isolation and on WebGPU. */
  readonly threads: number;
  /** Plain words: "WebGPU (apple metal-3).", "WASM, because this browser has no WebGPU.", ... */
  readonly reason: string;
}
