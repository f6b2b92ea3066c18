/** The badge's words for WebGPU. */
export function describeWebGpu(adapter: { readonly name: string; readonly software: boolean }): string {
  return adapter.software
    ? `WebGPU emulated on the CPU (${adapter.name}), as chosen; expect it to be slow.`
    : `WebGPU (${adapter.name}).`;
}

/**
 * The badge's words for WASM.
 * @param why why not WebGPU, as half a sentence; empty where the user chose WASM
 * @param isolated whether the page is cross-origin isolated, without which there is one thread only
 */
export function describeWasm(threads: number, why: string, isolated: boolean): string {
  const engine = `WASM with ${threads} thread${threads === 1 ? '' : 's'}`;
  const reason = why === '' ? 'as chosen' : `because ${why.replace(/\.$/, '')}`;
  const single = isolated ? '' : ' One thread only: this page is not cross-origin isolated.';
  return `${engine}, ${reason}.${single}`;
}
