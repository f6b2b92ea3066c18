import { draw, uniforms } from '../../engine/lm/draw';
import { extend } from '../../engine/lm/language-model';
import { runInSlices } from '../../tokenizers/slices';
import type { DraftTarget } from '../draft-target';
import { loadSolver } from '../linear-program';
import { solveKSeq } from './k-seq';
import { MOST_TOKENS, merged, optima, optimumByProgram } from './optimum';

/** The two models' distributions at a place of a text that the target wrote. */
export interface Distributions {
  readonly p: Float64Array;
  readonly q: Float64Array;
}

/** How likely one of k drafts is accepted, mean over places. */
export interface Acceptance {
  readonly k: number;
  readonly kSeq: number;
  /** What no method can exceed with drafts that are drawn independently. */
  readonly optimum: number;
  /** The least share of the optimum that K-SEQ has at a place. */
  readonly leastShare: number;
  /** ρ, mean over places. */
  readonly rho: number;
}

/** Numbers of drafts on the curve. */
const CURVE = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** Places behind each prompt. */
export const PLACES = 8;

interface Work {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (share: number) => void;
}

/** Lets the target write behind every prompt, a token a call, and keeps both distributions at every place. */
export async function placesOf(
  { draft, target, prompts }: DraftTarget,
  seed: number,
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<Distributions[]> {
  const uniform = uniforms(seed);
  let prefixes = [...prompts];
  const places: Distributions[] = [];
  for (let i = 0; i < PLACES; i++) {
    const ps = await draft.next(prefixes, signal);
    const qs = await target.next(prefixes, signal);
    for (const [at, q] of qs.entries()) places.push({ p: ps[at]!, q });
    prefixes = prefixes.map((prefix, at) => extend(prefix, draw(qs[at]!, uniform())));
  }
  return places;
}

/** K-SEQ and the optimum at every place, exactly. @throws TokenoscopeError `aborted` */
export async function acceptances(places: readonly Distributions[], work: Work): Promise<Acceptance[]> {
  const sums = CURVE.map((k) => ({ k, kSeq: 0, optimum: 0, leastShare: 1, rho: 0 }));
  let at = 0;
  const step = () => {
    const { p, q } = places[at]!;
    const best = optima(p, q, CURVE);
    for (const [i, sum] of sums.entries()) {
      const { acceptance, rho } = solveKSeq(p, q, sum.k);
      sum.kSeq += acceptance / places.length;
      sum.rho += rho / places.length;
      sum.optimum += best[i]! / places.length;
      sum.leastShare = Math.min(sum.leastShare, best[i]! > 0 ? acceptance / best[i]! : 1);
    }
    at++;
    return at / places.length;
  };
  await runInSlices(step, { ...(work.signal && { signal: work.signal }), onProgress: work.onProgress });
  return sums;
}

/** The optimum by both ways, over the likeliest tokens and one symbol for all others. */
export interface Check {
  readonly k: number;
  readonly kSeq: number;
  readonly formula: number;
  readonly program: number;
  /** The largest difference of formula and program at a place. */
  readonly difference: number;
}

/** Places for which the linear program is solved. */
export const CHECKED = 8;

/** Solves the linear program at some of the places. @throws TokenoscopeError `aborted` */
export async function checks(
  places: readonly Distributions[],
  ks: readonly number[],
  { signal, onProgress }: Work,
): Promise<Check[]> {
  const few = places.slice(0, CHECKED).map(({ p, q }) => merged(p, q, MOST_TOKENS));
  const sums = ks.map((k) => ({ k, kSeq: 0, formula: 0, program: 0, difference: 0 }));
  const open = await loadSolver();
  let at = 0;
  const step = () => {
    const [p, q] = few[Math.floor(at / ks.length)]!;
    const sum = sums[at % ks.length]!;
    const [formula] = optima(p, q, [sum.k]);
    const program = optimumByProgram(p, q, sum.k, open());
    sum.kSeq += solveKSeq(p, q, sum.k).acceptance / few.length;
    sum.formula += formula! / few.length;
    sum.program += program / few.length;
    sum.difference = Math.max(sum.difference, Math.abs(formula! - program));
    at++;
    return at / (few.length * ks.length);
  };
  await runInSlices(step, { ...(signal && { signal }), onProgress });
  return sums;
}
