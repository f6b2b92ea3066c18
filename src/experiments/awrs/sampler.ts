/** Where the random numbers of a sampler come from. */
export interface Chance {
  /** Draws an index with a probability in proportion to its weight; none is negative. @param total their sum, above 0 */
  pick(weights: Float64Array, total: number): number;
  /** Failures before the first success, each success of this probability (above 0): a geometric number. */
  failures(success: number): number;
}

/** A token that was drawn, and what it says of the probability that the constraint leaves. */
export interface Sampled {
  /** A valid token, drawn as from the distribution of valid tokens alone; -1 where there is none. */
  readonly id: number;
  /** An estimate of the probability of all valid tokens, unbiased and properly weighted; 0 where there is none. */
  readonly weight: number;
  /** Tokens that were checked. One that is drawn twice in a step is checked once. */
  readonly checks: number;
  /** Those that were checked before there was a token: all that a sampler without a weight needs. */
  readonly toSample: number;
}

/**
 * Draws one token under a constraint.
 * @param probabilities of every token; they sum to 1
 * @param isValid the constraint: what should be asked rarely
 */
export type Sampler = (
  probabilities: Float64Array,
  isValid: (id: number) => boolean,
  chance: Chance,
) => Sampled;

export const forms = ['library', 'recursive', 'geometric', 'two-loops'] as const;
export type Form = (typeof forms)[number];

const NONE = -1;

/** Below this share of what was last summed up, the probability that is left is summed up anew: differences are inexact. */
const INEXACT = 0.1;

/** Draws without replacement: what was rejected is not drawn again. */
class Pool {
  /** Copied once something is removed. */
  #left: Float64Array;
  #isCopy = false;
  readonly #isValid: (id: number) => boolean;
  readonly #chance: Chance;
  readonly #valid = new Set<number>();
  #summed = 1;
  /** The probability of all that was not removed. */
  mass = 1;
  checks = 0;
  rejected = 0;

  constructor(probabilities: Float64Array, isValid: (id: number) => boolean, chance: Chance) {
    this.#left = probabilities;
    this.#isValid = isValid;
    this.#chance = chance;
  }

  probability(id: number): number {
    return this.#left[id]!;
  }

  /** A token, or NONE where none is left. */
  draw(): number {
    return this.mass > 0 ? this.#chance.pick(this.#left, this.mass) : NONE;
  }

  check(id: number): boolean {
    if (this.#valid.has(id)) return true;
    this.checks++;
    if (this.#isValid(id)) {
      this.#valid.add(id);
      return true;
    }
    return false;
  }

  /** What is removed is not drawn again. */
  remove(id: number): void {
    if (!this.#isCopy) this.#left = this.#left.slice();
    this.#isCopy = true;
    this.mass -= this.#left[id]!;
    this.#left[id] = 0;
    if (this.mass >= INEXACT * this.#summed) return;
    this.mass = sumOf(this.#left);
    this.#summed = this.mass;
  }

  /** Draws until a token is valid; each other one is rejected. @param before called ahead of each draw */
  accept(before?: (left: number) => void): number {
    for (;;) {
      if (before && this.mass > 0) before(this.mass);
      const id = this.draw();
      if (id === NONE || this.check(id)) return id;
      this.rejected++;
      this.remove(id);
    }
  }
}

/**
 * The form of the paper's program: the loop runs twice, the second time without what the first one rejected. With n
 * rejections in all, and s the probability of those of the first loop: (1 - s) / (n + 1).
 */
export const twoLoops: Sampler = (probabilities, isValid, chance) => {
  const pool = new Pool(probabilities, isValid, chance);
  const id = pool.accept();
  const toSample = pool.checks;
  if (id === NONE) return { id, weight: 0, checks: toSample, toSample };
  const kept = pool.mass;
  pool.accept();
  return { id, weight: kept / (pool.rejected + 1), checks: pool.checks, toSample };
};

/**
 * The library's geometric form: as if what was rejected could be drawn again, which needs no check. Those phantom
 * rejections are geometric numbers. With n rejections of both sorts until a second token is accepted: 1 / (n + 1).
 */
export const geometric: Sampler = (probabilities, isValid, chance) => {
  const pool = new Pool(probabilities, isValid, chance);
  let phantoms = 0;
  const before = (left: number) => {
    if (left < 1) phantoms += chance.failures(left);
  };
  const id = pool.accept(before);
  const toSample = pool.checks;
  if (id === NONE) return { id, weight: 0, checks: toSample, toSample };
  pool.accept(before);
  return { id, weight: 1 / (pool.rejected + phantoms + 1), checks: pool.checks, toSample };
};

/**
 * The library's recursive form: the product of 1 - q over what was rejected, where q is a token's probability among
 * those left when it was drawn. The token that is accepted is set aside and one more is drawn: times 1 if that is
 * valid, times q of the accepted one if not. One check more than the token itself needs.
 */
export const recursive: Sampler = (probabilities, isValid, chance) => {
  const pool = new Pool(probabilities, isValid, chance);
  let weight = 1;
  for (;;) {
    const id = pool.draw();
    if (id === NONE) return { id, weight: 0, checks: pool.checks, toSample: pool.checks };
    const q = pool.probability(id) / pool.mass;
    const isAccepted = pool.check(id);
    pool.remove(id);
    if (!isAccepted) {
      weight *= 1 - q;
      continue;
    }
    const toSample = pool.checks;
    const next = pool.draw();
    if (next === NONE || !pool.check(next)) weight *= q;
    return { id, weight, checks: pool.checks, toSample };
  }
};

/** From this probability of the likeliest token on, the library takes the geometric form. */
const LIKELY = 2 / 3;

/** What the library does now: the recursive form, or the geometric one where a token is nearly certain. */
export const asLibrary: Sampler = (probabilities, isValid, chance) => {
  let most = 0;
  for (let i = 0; i < probabilities.length; i++) if (probabilities[i]! > most) most = probabilities[i]!;
  return (most >= LIKELY ? geometric : recursive)(probabilities, isValid, chance);
};

export const samplers: Readonly<Record<Form, Sampler>> = {
  library: asLibrary,
  recursive,
  geometric,
  'two-loops': twoLoops,
};

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** Chance from uniform numbers. @param uniform gives numbers from 0 to 1, without its ends */
export function chanceOf(uniform: () => number): Chance {
  return {
    pick(weights, total) {
      let rest = uniform() * total;
      let last = NONE;
      for (let i = 0; i < weights.length; i++) {
        const weight = weights[i]!;
        if (weight <= 0) continue;
        last = i;
        rest -= weight;
        if (rest < 0) return i;
      }
      return last;
    },
    failures: (success) => (success >= 1 ? 0 : Math.floor(Math.log(uniform()) / Math.log1p(-success))),
  };
}
