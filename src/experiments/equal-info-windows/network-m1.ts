import { type Cumulative, quantised } from '../../engine/lm/arithmetic-coder';
import type { NetworkModel } from '../../engine/lm/network-model';
import type { Predictor } from './windows';

/** Ids that the network sees, at most: what a place costs grows with them. */
const CONTEXT = 128;

/** Distributions that are remembered, of half a kilobyte each. */
const REMEMBERED = 64_000;

/**
 * M1 as a network. What codes a text and what reads it back need the same whole numbers to the last one, so it is read in
 * steps that are the same for both. Its probabilities have exponentials in them, and another machine may add up in another
 * order: unlike those of n-grams, these bits are for the browser that wrote them.
 */
export function networkPredictor(model: NetworkModel, signal: AbortSignal | undefined): Predictor {
  const stepper = model.stepper(CONTEXT);
  const known = new Map<string, Cumulative>();
  return (prefix) => {
    const key = String.fromCharCode(...stepper.windowOf(prefix));
    const found = known.get(key);
    if (found) return found;
    return stepper.next(prefix, signal).then((probabilities) => {
      const distribution = quantised(probabilities);
      if (known.size < REMEMBERED) known.set(key, distribution);
      return distribution;
    });
  };
}
