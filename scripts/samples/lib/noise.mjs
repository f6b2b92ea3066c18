import { hash } from './random.mjs';

const fade = (t) => t * t * t * (t * (t * 6 - 15) + 10);

/** Value noise over the plane, in [-1, 1]. */
export function noise2(x, y, seed = 0) {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const u = fade(x - ix);
  const v = fade(y - iy);
  const a = hash(ix, iy, seed);
  const b = hash(ix + 1, iy, seed);
  const c = hash(ix, iy + 1, seed);
  const d = hash(ix + 1, iy + 1, seed);
  return 2 * (a + (b - a) * u + (c - a) * v + (a - b - c + d) * u * v) - 1;
}

/** Value noise in space, in [-1, 1]. */
export function noise3(x, y, z) {
  const iz = Math.floor(z);
  const w = fade(z - iz);
  const low = noise2(x, y, iz);
  return low + (noise2(x, y, iz + 1) - low) * w;
}

/** Fractal sum of noise2, roughly in [-1, 1]; each octave is turned so that the lattices never line up. */
export function fbm(x, y, octaves, seed = 0, gain = 0.5) {
  let sum = 0;
  let weight = 1;
  let total = 0;
  for (let i = 0; i < octaves; i++) {
    sum += weight * noise2(x, y, seed + i);
    total += weight;
    weight *= gain;
    const turned = 1.6 * x + 1.2 * y;
    y = 1.6 * y - 1.2 * x;
    x = turned;
  }
  return sum / total;
}

/** Ridged multifractal in [0, 1]: sharp crests, smooth valleys (after Musgrave). */
export function ridged(x, y, octaves, seed = 0, gain = 0.5) {
  let sum = 0;
  let weight = 1;
  let total = 0;
  let carry = 1;
  for (let i = 0; i < octaves; i++) {
    const crest = (1 - Math.abs(noise2(x, y, seed + i))) ** 2;
    sum += weight * crest * carry;
    total += weight;
    carry = Math.min(1, crest * 1.4);
    weight *= gain;
    const turned = 1.6 * x + 1.2 * y;
    y = 1.6 * y - 1.2 * x;
    x = turned;
  }
  return sum / total;
}
