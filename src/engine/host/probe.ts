/** Whether WebGPU can be used here, and if not, why. */
export type WebGpuProbe =
  | { readonly ok: true; readonly software: boolean; readonly name: string }
  | { readonly ok: false; readonly why: string };

/**
 * Asks for a WebGPU adapter without fetching anything. Works on the page and in a worker.
 * `software` means a CPU emulation such as SwiftShader: correct, and slower than WASM.
 */
export async function probeWebGpu(gpu: GPU | undefined = globalThis.navigator?.gpu): Promise<WebGpuProbe> {
  if (!gpu) {
    const why = globalThis.isSecureContext
      ? 'this browser has no WebGPU'
      : 'browsers offer WebGPU on secure (https or localhost) pages only';
    return { ok: false, why };
  }
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter();
  } catch (error) {
    return { ok: false, why: `WebGPU failed to start (${error instanceof Error ? error.message : error})` };
  }
  if (!adapter) return { ok: false, why: 'WebGPU found no usable graphics adapter' };
  const { vendor, architecture, isFallbackAdapter } = adapter.info;
  const name = [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  return { ok: true, software: isFallbackAdapter || architecture === 'swiftshader', name };
}

/** Devices that wait for their loss. Nothing else refers to them, and one that is collected is never lost. */
const watched = new Set<GPUDevice>();

/**
 * Waits until the graphics process is lost, on a device made for that alone. Resolves to what happened, in
 * words, or to undefined if no device could be created, or `signal` ended the watch.
 */
export async function webGpuLoss(
  signal: AbortSignal,
  gpu: GPU | undefined = globalThis.navigator?.gpu,
): Promise<string | undefined> {
  try {
    const device = await (await gpu?.requestAdapter())?.requestDevice();
    if (!device) return undefined;
    watched.add(device);
    if (signal.aborted) device.destroy();
    signal.addEventListener('abort', () => device.destroy());
    await device.lost;
    watched.delete(device);
    if (signal.aborted) return undefined;
    device.destroy();
    return 'WebGPU lost its graphics device';
  } catch {
    return undefined;
  }
}
