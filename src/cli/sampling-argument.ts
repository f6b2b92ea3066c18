import { LARGEST_SEED } from '../core/image/noise';
import { MOST_GUIDANCE, MOST_STEPS, type Steps } from '../core/image/sampling';
import { badArguments, optional, wholeNumber } from './command';

const ABOUT_STEPS = `for flow models: how many Euler steps a picture is drawn in, 1 to ${MOST_STEPS}, or "distilled" where the model has a distilled network; the model's own default where it is not given`;

/** `--steps`, one way to draw. */
export const stepsOption = optional('N|distilled', ABOUT_STEPS, parseSteps);

/** `--steps` with several values, each measured. */
export const manyStepsOption = optional(
  'N|distilled,...',
  `${ABOUT_STEPS}; several between commas are each measured`,
  (text, name) => [...new Set(text.split(',').map((part) => parseSteps(part.trim(), name)))],
);

/** `--seed`. */
export const seedOption = optional(
  'S',
  `for flow models: which noise the drawing begins with, 0 to ${LARGEST_SEED}; 0 where it is not given`,
  (text, name) => {
    const seed = wholeNumber(text, 0);
    if (seed === undefined || seed > LARGEST_SEED) {
      throw badArguments(`${name} must be a whole number from 0 to ${LARGEST_SEED}, not "${text}".`);
    }
    return seed;
  },
);

/** `--guidance`. */
export const guidanceOption = optional(
  'G',
  `for guided models (FlexTok): how strongly the tokens decide, 1 (as trained) to ${MOST_GUIDANCE}; the model's own default where it is not given`,
  (text, name) => {
    const guidance = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(guidance >= 1 && guidance <= MOST_GUIDANCE)) {
      throw badArguments(`${name} must be a number from 1 to ${MOST_GUIDANCE}, not "${text}".`);
    }
    return guidance;
  },
);

function parseSteps(text: string, name: string): Steps {
  if (text === 'distilled') return text;
  const steps = wholeNumber(text, 1);
  if (steps === undefined || steps > MOST_STEPS) {
    throw badArguments(
      `"${text}" in ${name} is neither a whole number from 1 to ${MOST_STEPS} nor "distilled".`,
    );
  }
  return steps;
}
