/** Whether memory can be shared with other threads: browsers allow it to pages that are cross-origin isolated. */
export const CAN_SHARE = globalThis.crossOriginIsolated === true;

/** `length` zeros in memory that threads can share; in memory of its own where they cannot. */
export function shareableBytes(length: number): Uint8Array {
  return new Uint8Array(CAN_SHARE ? new SharedArrayBuffer(length) : new ArrayBuffer(length));
}

/** A copy of `array` in memory that threads can share; in memory of its own where they cannot. */
export function shareableCopy(array: Uint32Array): Uint32Array {
  if (!CAN_SHARE) return array.slice();
  const copy = new Uint32Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

/** What must be moved to another thread: shared memory needs not, and cannot. */
export function movable(...arrays: readonly (Uint8Array | Uint32Array | Int32Array)[]): ArrayBuffer[] {
  return arrays.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}
