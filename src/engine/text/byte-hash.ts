/**
 * Where FNV-1a over bytes starts. Hot loops step it themselves, `hash = Math.imul(hash ^ byte, 0x01000193)`, and
 * finish with `hash ^ (hash >>> 15)`, which spreads the high bits over the low ones that index the tables.
 */
export const HASH_SEED = 0x811c9dc5 | 0;

/** The finished hash of `bytes[start, end)`. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

/** The smallest power of two that is at least `n`. */
export function powerOfTwo(n: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, n)));
}
