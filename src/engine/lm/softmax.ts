/** What is subtracted from a logit to get the natural logarithm of a probability: the logarithm of the sum of exponentials. */
export function normalizerOf(logits: Float32Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) if (logits[i]! > most) most = logits[i]!;
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i]! - most);
  return most + Math.log(sum);
}

/** Probabilities of logits; they sum to 1. */
export function probabilities(logits: Float32Array): Float64Array {
  const normalizer = normalizerOf(logits);
  const found = new Float64Array(logits.length);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    found[i] = Math.exp(logits[i]! - normalizer);
    sum += found[i]!;
  }
  for (let i = 0; i < found.length; i++) found[i]! /= sum;
  return found;
}
