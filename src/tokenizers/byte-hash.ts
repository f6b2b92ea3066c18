/**
 * A polynomial hash modulo 2^32: stepping is `hash = (Math.imul(hash, HASH_BASE) + byte) | 0`, starting from 0.
 * The hash of a part follows from those of two prefixes, `after - before * HASH_BASE^length`, and the hash of a
 * joined pair from those of its halves, without reading a byte. `finishHash` spreads it before it indexes a table.
 */
export const HASH_BASE = 0x2c9277b5;

/** Powers of `HASH_BASE` modulo 2^32 by exponent, as far as lengths of tokens go. */
export function hashPowers(longest: number): Int32Array {
  const powers = new Int32Array(longest + 1);
  powers[0] = 1;
  for (let i = 1; i <= longest; i++) powers[i] = Math.imul(powers[i - 1]!, HASH_BASE);
  return powers;
}

/** The hash of `bytes[start, end)`, not finished. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, HASH_BASE) + bytes[i]!) | 0;
  return hash;
}

/** Spreads every bit of a hash over all others. */
export function finishHash(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}

/** The hash of two numbers in their order; spread enough to index a table of pairs that were not chosen to collide. */
export function pairHash(left: number, right: number): number {
  const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

/** The smallest power of two that is at least `n`. */
export function powerOfTwo(n: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, n)));
}
