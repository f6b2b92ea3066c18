import { TokenoscopeError } from '../errors';
import { LARGEST_SEED } from './noise';

/** How many Euler steps, or the one step of the network that was distilled from the flow. */
export type Steps = number | 'distilled';

/** How a sampled picture is drawn: together with the tokens it decides every pixel. */
export interface Sampling {
  readonly steps: Steps;
  /** 0..2^32 - 1: which noise the picture starts from. */
  readonly seed: number;
  /** How strongly tokens decide, where a model is guided: 1 is as it was trained. */
  readonly guidance?: number | undefined;
}

/** The requested part of it; the rest is the model's default, and seed 0. */
export interface AskedSampling {
  readonly steps?: Steps | undefined;
  readonly seed?: number | undefined;
  readonly guidance?: number | undefined;
}

/** More steps than this make no visible difference. */
export const MOST_STEPS = 256;

/** Guided more strongly than this, pictures fall apart. */
export const MOST_GUIDANCE = 20;

/** The part of a sampler's description that decides which steps it accepts. */
export interface SamplerFacts {
  /** What the page offers, ascending. */
  readonly steps: readonly number[];
  readonly default: Steps;
  /** Set where there is a distilled network. */
  readonly distilled?: unknown;
  /** Set where the model is guided: by how much, and what the page offers. */
  readonly guidance?: { readonly default: number; readonly offered: readonly number[] } | undefined;
}

/** What the page offers, quickest first. */
export function offeredSteps({ steps, distilled }: SamplerFacts): Steps[] {
  return distilled === undefined ? [...steps] : ['distilled', ...steps];
}

/** What a lab asks of every model that samples; null for a model's default. */
export interface WantedSampling {
  readonly steps: Steps | null;
  readonly seed: number;
  readonly guidance?: number | null;
}

/** The requested sampling as far as the sampler offers it; its default for the rest. */
export function samplingFor(sampler: SamplerFacts, { steps, seed, guidance }: WantedSampling): Sampling {
  const offered = steps !== null && offeredSteps(sampler).includes(steps);
  return {
    steps: offered ? steps : sampler.default,
    seed,
    ...(sampler.guidance ? { guidance: guidance ?? sampler.guidance.default } : {}),
  };
}

/**
 * Completes a request to a model. Any number of steps up to `MOST_STEPS` is accepted, even one that the
 * page does not offer.
 * @returns undefined for a model that does not sample
 * @throws TokenoscopeError `model-run` that names what is out of range, or that the model does not sample
 */
export function resolveSampling(
  { label, sampler }: { readonly label: string; readonly sampler?: SamplerFacts | undefined },
  { steps, seed, guidance }: AskedSampling,
): Sampling | undefined {
  const refuse = (message: string, hint: string) => new TokenoscopeError('model-run', message, hint);
  if (!sampler) {
    if (steps === undefined && seed === undefined && guidance === undefined) return undefined;
    throw refuse(
      `${label} draws in one go: it has neither steps nor a seed.`,
      'Leave them out, or choose a flow model.',
    );
  }
  if (steps === 'distilled' && sampler.distilled === undefined) {
    throw refuse(`${label} has no distilled network.`, `Choose a number of steps from 1 to ${MOST_STEPS}.`);
  }
  if (typeof steps === 'number' && !isWithin(steps, 1, MOST_STEPS)) {
    throw refuse(`${label} cannot draw in ${steps} steps.`, `Choose a whole number from 1 to ${MOST_STEPS}.`);
  }
  if (seed !== undefined && !isWithin(seed, 0, LARGEST_SEED)) {
    throw refuse(`${seed} is not a seed.`, `Seeds are whole numbers from 0 to ${LARGEST_SEED}.`);
  }
  if (guidance !== undefined && !sampler.guidance) {
    throw refuse(`${label} is not guided.`, 'Leave the guidance out.');
  }
  if (guidance !== undefined && !(guidance >= 1 && guidance <= MOST_GUIDANCE)) {
    throw refuse(
      `${label} cannot be guided by ${guidance}.`,
      `Choose a number from 1 (as trained) to ${MOST_GUIDANCE}.`,
    );
  }
  return {
    steps: steps ?? sampler.default,
    seed: seed ?? 0,
    ...(sampler.guidance ? { guidance: guidance ?? sampler.guidance.default } : {}),
  };
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
