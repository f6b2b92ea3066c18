/** FNV-1a over bytes, one step. Start from `HASH_SEED`; finish with `finishHash`. */
export const HASH_SEED = 0x811c9dc5 | 0;

/** One step of FNV-1a. */
function stepHash(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

/** Spreads the high bits over the low ones, which index the tables. */
function finishHash(hash: number): number {
  return hash ^ (hash >>> 15);
}

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
