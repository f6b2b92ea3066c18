/** How K-SEQ chooses among drafts at one place (the paper's section on token level; from the fact sheet's formulas). */
export interface KSeq {
  /** Drafts, drawn independently. */
  readonly k: number;
  /** What a draft's probability is multiplied with before it is compared, 1 to k. */
  readonly rho: number;
  /** The probability that one draft is accepted: Σ min(p, q / ρ). */
  readonly beta: number;
  /** The probability that one of them is: 1 − (1 − β)^k. */
  readonly acceptance: number;
}

type Probabilities = ArrayLike<number>;

/** Halvings of [1, k]: ρ is then known to 1e-13. */
const HALVINGS = 46;

/** Σ min(p, q / ρ). */
function acceptedMass(p: Probabilities, q: Probabilities, rho: number): number {
  let sum = 0;
  for (let x = 0; x < p.length; x++) sum += Math.min(p[x]!, q[x]! / rho);
  return sum;
}

/** 1 − (1 − β)^k. */
export function acceptanceOf(beta: number, k: number): number {
  return 1 - (1 - Math.min(1, beta)) ** k;
}

/**
 * The least ρ for which the output can still be the target's: where 1 − (1 − β(ρ))^k = ρ β(ρ), by bisection of [1, k].
 * With k = 1, ρ is 1: plain speculative sampling.
 * @param p the draft's probabilities
 * @param q the target's
 */
export function solveKSeq(p: Probabilities, q: Probabilities, k: number): KSeq {
  let [low, high] = [1, k];
  for (let i = 0; i < HALVINGS && low < high; i++) {
    const rho = (low + high) / 2;
    const beta = acceptedMass(p, q, rho);
    // What is accepted of a token, ρ β, must not be more than there is; the valid end is kept.
    if (acceptanceOf(beta, k) > rho * beta) low = rho;
    else high = rho;
  }
  return withRho(p, q, k, high);
}

/** K-SEQ with a ρ that was not solved for: below the solution its output is not the target's. */
export function withRho(p: Probabilities, q: Probabilities, k: number, rho: number): KSeq {
  const beta = acceptedMass(p, q, rho);
  return { k, rho, beta, acceptance: acceptanceOf(beta, k) };
}

/**
 * Tries drafts in turn: each is accepted with the probability min(1, q / (ρ p)).
 * @param drafts tokens drawn from p
 * @returns which of them is the first to be accepted; -1 where none is
 */
export function tryDrafts(
  drafts: readonly number[],
  p: Probabilities,
  q: Probabilities,
  { rho }: KSeq,
  uniform: () => number,
): number {
  return drafts.findIndex((x) => uniform() * rho * p[x]! < q[x]!);
}

/**
 * What the token is drawn from where no draft is accepted, up to a factor: q − min(p, q / ρ) · (1 − (1 − β)^k) / β.
 * Below the least ρ it would be negative in places; it is cut off at 0 there.
 */
export function residual(p: Probabilities, q: Float64Array, { rho, beta, acceptance }: KSeq): Float64Array {
  if (beta === 0) return q;
  const times = acceptance / beta;
  const rest = q.map((each, x) => Math.max(0, each - times * Math.min(p[x]!, each / rho)));
  // Nothing is left where the two agree: then a draft is always accepted, but for rounding.
  return rest.some((each) => each > 0) ? rest : q;
}

/** The distribution of the token that comes out, exactly; q where ρ is valid. */
export function outputLaw(p: Probabilities, q: Float64Array, kSeq: KSeq): Float64Array {
  const { rho, beta, acceptance } = kSeq;
  const rest = residual(p, q, kSeq);
  const total = rest.reduce((sum, each) => sum + each, 0);
  const times = beta === 0 ? 0 : acceptance / beta;
  return q.map((each, x) => times * Math.min(p[x]!, each / rho) + ((1 - acceptance) * rest[x]!) / total);
}
