import type { Chance, Sampler } from './sampler';
import type { Place, PrefixTree } from './tree';

/** How strings are drawn. */
export interface Draws {
  /** Of one population, 1 or more. */
  readonly particles: number;
  /** Populations that know nothing of each other, drawn side by side. */
  readonly runs: number;
  /** Particles are resampled once their effective number is below this share of them, 0 to 1. */
  readonly threshold: number;
  readonly sampler: Sampler;
  readonly chance: Chance;
  /** A number from 0 to 1. */
  readonly uniform: () => number;
  readonly signal?: AbortSignal | undefined;
  /** Called between small pieces of work. */
  readonly pause: () => Promise<void>;
  /** Called with every place that a token is drawn at. */
  readonly visit?: (place: Place) => void;
}

/** A string that was drawn. */
export interface DrawnString {
  readonly text: string;
  /** Its share of its population, 0 to 1. */
  readonly share: number;
  /** -log2 of the model's probability of its tokens. */
  readonly bits: number;
}

export interface Population {
  /** One a particle; none where no string was found. */
  readonly strings: readonly DrawnString[];
  /** log2 of the estimate of the probability that the model alone gives a valid string; -Infinity for 0. */
  readonly log2Mass: number;
}

export interface DrawnPopulations {
  readonly populations: readonly Population[];
  readonly tokens: number;
  /** Tokens that were checked, and those that it would take without weights. */
  readonly checks: number;
  readonly toSample: number;
}

interface Particle {
  place: Place;
  isDone: boolean;
  /** log2 of its weight since the last resampling. */
  weight: number;
  bits: number;
}

/** Particles that draw a token between two looks at the clock. */
const STRIDE = 32;

/**
 * Sequential Monte Carlo: every particle draws its next token under the constraint and is weighted by the probability
 * that the constraint left it; where the weights have become too unequal, particles are resampled by them. A single
 * particle is what constrained decoding usually does: its weight changes nothing.
 * @throws TokenoscopeError `aborted`
 */
export async function drawPopulations(tree: PrefixTree, draws: Draws): Promise<DrawnPopulations> {
  const { particles: count, runs, sampler, chance, threshold, uniform, signal, pause, visit } = draws;
  const populations = Array.from({ length: runs }, () => ({
    particles: Array.from(
      { length: count },
      (): Particle => ({ place: tree.root, isDone: false, weight: 0, bits: 0 }),
    ),
    log2Mass: 0,
  }));
  const spent = { tokens: 0, checks: 0, toSample: 0 };
  for (;;) {
    const active = populations.flatMap(({ particles }) => particles.filter(({ isDone }) => !isDone));
    if (active.length === 0) break;
    for (let from = 0; from < active.length; from += STRIDE) {
      const some = active.slice(from, from + STRIDE);
      await tree.ask(
        some.map(({ place }) => place),
        signal,
      );
      for (const particle of some) {
        visit?.(particle.place);
        const { checks, toSample } = advance(tree, particle, sampler, chance);
        spent.tokens++;
        spent.checks += checks;
        spent.toSample += toSample;
      }
      await pause();
    }
    if (count === 1) continue;
    for (const population of populations) {
      const { particles } = population;
      const weights = sharesOf(particles);
      if (!weights || 1 / weights.reduce((sum, w) => sum + w * w, 0) >= threshold * count) continue;
      population.log2Mass += meanWeight(particles);
      population.particles = systematic(weights, uniform()).map((from) => ({
        ...particles[from]!,
        weight: 0,
      }));
    }
  }
  return {
    ...spent,
    populations: populations.map(({ particles, log2Mass }) => {
      const shares = sharesOf(particles);
      return {
        strings: shares
          ? particles.map(({ place, bits }, i) => ({ text: tree.textOf(place), share: shares[i]!, bits }))
          : [],
        log2Mass: log2Mass + meanWeight(particles),
      };
    }),
  };
}

function advance(tree: PrefixTree, particle: Particle, sampler: Sampler, chance: Chance) {
  const { place } = particle;
  const distribution = place.distribution!;
  const sampled = sampler(distribution, (id) => tree.isValid(place, id), chance);
  particle.weight += Math.log2(sampled.weight);
  if (sampled.id < 0 || sampled.id === tree.end) particle.isDone = true;
  else particle.place = tree.next(place, sampled.id)!;
  if (sampled.id >= 0) particle.bits -= Math.log2(distribution[sampled.id]!);
  return sampled;
}

/** The weights of particles as shares of their sum; undefined where all are 0. */
function sharesOf(particles: readonly Particle[]): number[] | undefined {
  const most = Math.max(...particles.map(({ weight }) => weight));
  if (most === Number.NEGATIVE_INFINITY) return undefined;
  const weights = particles.map(({ weight }) => 2 ** (weight - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** log2 of the mean of the weights. */
function meanWeight(particles: readonly Particle[]): number {
  const most = Math.max(...particles.map(({ weight }) => weight));
  if (most === Number.NEGATIVE_INFINITY) return most;
  const total = particles.reduce((sum, { weight }) => sum + 2 ** (weight - most), 0);
  return most + Math.log2(total / particles.length);
}

/** As many indices as there are shares, each as often as its share says, up or down to a whole number. */
export function systematic(shares: readonly number[], uniform: number): number[] {
  const found: number[] = [];
  let [sum, at] = [shares[0]!, 0];
  for (let i = 0; i < shares.length; i++) {
    const place = (i + uniform) / shares.length;
    while (place > sum && at < shares.length - 1) sum += shares[++at]!;
    found.push(at);
  }
  return found;
}
