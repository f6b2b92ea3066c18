import { uniforms } from '../../engine/lm/draw';
import { type Law, lawOf } from '../draft-law';
import type { DraftTarget } from '../draft-target';
import { verifyOnce } from './decode';
import { type KSeq, solveKSeq, withRho } from './k-seq';

export interface KSeqLaw extends Law {
  readonly k: number;
  /** ρ as solved for, or 1 whatever k is. */
  readonly isSolved: boolean;
}

interface Options {
  readonly k: number;
  readonly isSolved: boolean;
  readonly seed: number;
  readonly times?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (share: number) => void;
}

/** Tests what SpecTr writes behind the first prompt with so many drafts. @throws TokenoscopeError `aborted` */
export async function testLaw(pair: DraftTarget, { k, isSolved, seed, ...work }: Options): Promise<KSeqLaw> {
  const solve: typeof solveKSeq = isSolved ? remembered() : (p, q, drafts) => withRho(p, q, drafts, 1);
  const settings = { ...pair, k, length: 2, uniform: uniforms(seed), signal: work.signal, solve };
  const found = await lawOf({
    target: pair.target,
    prompt: pair.prompts[0]!,
    write: async (prefix) => (await verifyOnce(prefix, settings)).ids,
    ...work,
  });
  return { k, isSolved, ...found };
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
