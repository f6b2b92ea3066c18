import { type ChiSquare, chiSquare } from '../../engine/lm/chi-square';
import { totalVariation, uniforms } from '../../engine/lm/draw';
import { extend, extendBy, type Prefix } from '../../engine/lm/language-model';
import { runInSlices } from '../../tokenizers/slices';
import type { DraftTarget } from '../draft-target';
import { verifyOnce } from './decode';
import { type KSeq, solveKSeq, withRho } from './k-seq';

/** Whether what comes out is distributed as what the target alone would write: the first two tokens behind a prompt. */
export interface Law extends ChiSquare {
  readonly k: number;
  /** ρ as solved for, or 1 whatever k is. */
  readonly isSolved: boolean;
  readonly times: number;
  /** Half the sum of the differences of how often the first token was each one, and how often it should be. */
  readonly variation: number;
}

/** Times that two tokens are generated. */
export const TIMES = 1500;

interface LawOptions {
  readonly k: number;
  readonly isSolved: boolean;
  readonly seed: number;
  readonly times?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (share: number) => void;
}

/** Generates two tokens again and again and compares their counts with q(a) q(b | a). @throws TokenoscopeError `aborted` */
export async function lawOf(pair: DraftTarget, prompt: Prefix, options: LawOptions): Promise<Law> {
  const { k, isSolved, seed, times = TIMES, signal, onProgress } = options;
  const { size } = pair.vocabulary;
  const uniform = uniforms(seed);
  const solve = isSolved
    ? remembered()
    : (p: Float64Array, q: Float64Array, drafts: number) => withRho(p, q, drafts, 1);
  const settings = { ...pair, k, length: 2, uniform, signal, solve: solve as typeof solveKSeq };
  const firsts = new Float64Array(size);
  const pairs = new Map<number, number>();
  let done = 0;
  const step = async () => {
    let ids: readonly number[] = [];
    while (ids.length < 2) ids = [...ids, ...(await verifyOnce(extendBy(prompt, ids), settings)).ids];
    firsts[ids[0]!]! += 1 / times;
    const key = ids[0]! * size + ids[1]!;
    pairs.set(key, (pairs.get(key) ?? 0) + 1);
    done++;
    return done / times;
  };
  await runInSlices(step, { ...(signal && { signal }), onProgress });
  const [first] = await pair.target.next([prompt], signal);
  const counts: number[] = [];
  const expected: number[] = [];
  // Pairs that are expected five times or more begin with a token that is.
  const likely = [...first!.keys()].filter((id) => first![id]! * times >= 5);
  const seconds = await pair.target.next(
    likely.map((id) => extend(prompt, id)),
    signal,
  );
  for (const [i, id] of likely.entries()) {
    for (const [next, share] of seconds[i]!.entries()) {
      counts.push(pairs.get(id * size + next) ?? 0);
      expected.push(first![id]! * share);
    }
  }
  return {
    k,
    isSolved,
    times,
    variation: totalVariation(firsts, first!),
    ...chiSquare(counts, expected, times),
  };
}

/** The same few places are solved again and again. */
function remembered(): typeof solveKSeq {
  const known = new WeakMap<object, Map<number, KSeq>>();
  return (p, q, k) => {
    // A place's q goes with one p.
    const there = known.get(q as object) ?? new Map<number, KSeq>();
    known.set(q as object, there);
    const found = there.get(k) ?? solveKSeq(p, q, k);
    there.set(k, found);
    return found;
  };
}
