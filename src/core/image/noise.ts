/** Seeds are whole numbers from 0 to this. */
export const LARGEST_SEED = 2 ** 32 - 1;

/**
 * Standard normal values, the same everywhere for the same seed: uniform numbers by mulberry32 (Tommy Ettinger,
 * 2017), in pairs made normal by the transform of Box and Muller (1958).
 * @param seed 0..2^32 - 1
 * @returns `count` values, rounded to single precision
 */
export function standardNormal(seed: number, count: number): Float32Array<ArrayBuffer> {
  const next = mulberry32(seed);
  // The middle of each of 2^32 steps: never 0, which has no logarithm, and never 1.
  const uniform = () => (next() + 0.5) / 2 ** 32;
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    values[i] = radius * Math.cos(angle);
    if (i + 1 < count) values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}

/** Whole numbers from 0 to 2^32 - 1, one a call, the same everywhere for the same seed. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
