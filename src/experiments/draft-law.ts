import { type ChiSquare, chiSquare } from '../engine/lm/chi-square';
import { totalVariation } from '../engine/lm/draw';
import { extend, extendBy, type Prefix } from '../engine/lm/language-model';
import { pauses } from '../tokenizers/slices';
import type { NextTokens } from './draft-target';

/** Whether what comes out is distributed as what the target alone would write: the first two tokens behind a prompt. */
export interface Law extends ChiSquare {
  readonly times: number;
  /** Half the sum of the differences of how often the first token was each one, and how often it should be. */
  readonly variation: number;
}

/** Times that two tokens are generated, unless something else is said. */
const TIMES = 1500;

interface LawOptions {
  readonly target: NextTokens;
  readonly prompt: Prefix;
  /** Writes one token or more behind a prefix. */
  readonly write: (prefix: Prefix) => Promise<readonly number[]>;
  readonly times?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (share: number) => void;
}

/** Writes two tokens again and again and compares their counts with q(a) q(b | a). @throws TokenoscopeError `aborted` */
export async function lawOf(options: LawOptions): Promise<Law> {
  const { target, prompt, write, times = TIMES, signal, onProgress } = options;
  const { size } = target.vocabulary;
  const firsts = new Float64Array(size);
  const pairs = new Map<number, number>();
  const pause = pauses({ ...(signal && { signal }), onProgress });
  for (let done = 1; done <= times; done++) {
    let ids: readonly number[] = [];
    while (ids.length < 2) ids = [...ids, ...(await write(extendBy(prompt, ids)))];
    firsts[ids[0]!]! += 1 / times;
    const key = ids[0]! * size + ids[1]!;
    pairs.set(key, (pairs.get(key) ?? 0) + 1);
    await pause(done / times);
  }
  const [first] = await target.next([prompt], signal);
  const counts: number[] = [];
  const expected: number[] = [];
  // Pairs that are expected five times or more begin with a token that is.
  const likely = [...first!.keys()].filter((id) => first![id]! * times >= 5);
  const seconds = await target.next(
    likely.map((id) => extend(prompt, id)),
    signal,
  );
  for (const [i, id] of likely.entries()) {
    for (const [next, share] of seconds[i]!.entries()) {
      counts.push(pairs.get(id * size + next) ?? 0);
      expected.push(first![id]! * share);
    }
  }
  return { times, variation: totalVariation(firsts, first!), ...chiSquare(counts, expected, times) };
}
