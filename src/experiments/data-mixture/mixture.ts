import { mulberry32 } from '../../core/image/noise';

/** Guesses that the mean of a random one is taken over. */
const RANDOM_GUESSES = 2000;

/** Squared errors below this are the solver's. */
const LEAST = 1e-12;

/** Shares that sum to 1, every mixture as likely as any other. @param next whole numbers, as of `mulberry32` */
export function randomShares(texts: number, next: () => number): number[] {
  const parts = Array.from({ length: texts }, () => -Math.log((next() + 0.5) / 2 ** 32));
  return normalized(parts);
}

/** @param parts of 0 or more; all alike where all are 0 */
export function normalized(parts: readonly number[]): number[] {
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => (sum > 0 ? part / sum : 1 / parts.length));
}

/** log₁₀ of the mean squared error, as the paper compares mixtures. */
export function logError(guess: readonly number[], truth: readonly number[]): number {
  const squares = guess.reduce((sum, share, i) => sum + (share - truth[i]!) ** 2, 0);
  return Math.log10(Math.max(LEAST, squares / truth.length));
}

/** What a random guess gets, on average. */
export function randomLogError(truth: readonly number[]): number {
  // The same guesses for every mixture.
  const next = mulberry32(0);
  let sum = 0;
  for (let turn = 0; turn < RANDOM_GUESSES; turn++) sum += logError(randomShares(truth.length, next), truth);
  return sum / RANDOM_GUESSES;
}

/** The largest difference of a share. */
export function largestError(guess: readonly number[], truth: readonly number[]): number {
  return Math.max(...guess.map((share, i) => Math.abs(share - truth[i]!)));
}
