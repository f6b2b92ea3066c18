import { mulberry32 } from '../../core/image/noise';

/** Numbers from 0 to 1, never either end, one a call; the same everywhere for the same seed. */
export function uniforms(seed: number): () => number {
  const next = mulberry32(seed);
  return () => (next() + 0.5) / 2 ** 32;
}

/**
 * Draws an index.
 * @param weights none negative, some positive, of any sum
 * @param uniform from 0 to 1, without its ends
 */
export function draw(weights: ArrayLike<number>, uniform: number): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  let rest = uniform * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! <= 0) continue;
    last = i;
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return last;
}

/** Probabilities at a temperature: each to the power of 1 / temperature, made to sum to 1. @param temperature above 0 */
export function atTemperature(probabilities: Float64Array, temperature: number): Float64Array {
  if (temperature === 1) return probabilities;
  const powers = probabilities.map((p) => p ** (1 / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Half the sum of the differences of two distributions, 0 to 1. */
export function totalVariation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / 2;
}
