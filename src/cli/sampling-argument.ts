import { LARGEST_SEED } from '../core/image/noise';
import { MOST_STEPS, type Steps } from '../core/image/sampling';
import { badArguments, wholeNumber } from './arguments';

/** What `--help` says about both options. */
export const SAMPLING_HELP = `  --steps  for flow models: how many Euler steps a picture is drawn in, 1 to ${MOST_STEPS}, or "distilled" where the
           model has a distilled network; the model's own default where it is not given
  --seed   for flow models: which noise the drawing begins with, 0 to ${LARGEST_SEED}; 0 where it is not given`;

/**
 * One value of `--steps`; undefined where it is not given.
 * @throws TokenoscopeError `bad-arguments`
 */
export function parseSteps(text: string | undefined, usage: string): Steps | undefined {
  if (text === undefined || text === 'distilled') return text;
  const steps = wholeNumber(text, 1);
  if (steps === undefined || steps > MOST_STEPS) {
    throw badArguments(
      `"${text}" in --steps is neither a whole number from 1 to ${MOST_STEPS} nor "distilled".`,
      usage,
    );
  }
  return steps;
}

/** `--seed`, likewise. */
export function parseSeed(text: string | undefined, usage: string): number | undefined {
  if (text === undefined) return undefined;
  const seed = wholeNumber(text, 0);
  if (seed === undefined || seed > LARGEST_SEED) {
    throw badArguments(`--seed must be a whole number from 0 to ${LARGEST_SEED}, not "${text}".`, usage);
  }
  return seed;
}
