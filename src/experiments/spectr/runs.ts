import { uniforms } from '../../engine/lm/draw';
import { extendBy } from '../../engine/lm/language-model';
import { pauses } from '../../tokenizers/slices';
import type { DraftTarget } from '../draft-target';
import { type Verification, verifyOnce } from './decode';

/** What the target was called for with so many drafts, over all prompts. */
export interface Run {
  readonly k: number;
  /** Calls of the target, each one batch. */
  readonly calls: number;
  readonly tokens: number;
  /** The standard error of tokens over calls. */
  readonly error: number;
  /** Calls that gave 1, 2, 3, ... tokens. */
  readonly gave: readonly number[];
  /** Calls whose first place had an accepted draft. */
  readonly hits: number;
  /** How many of them were to be expected: the acceptance at these places, summed. */
  readonly expected: number;
  /** The calls behind the first prompt. */
  readonly steps: readonly Verification[];
}

/** Tokens that are generated behind each prompt, at least. */
export const TOKENS = 80;

interface RunOptions {
  readonly k: number;
  readonly length: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (share: number) => void;
}

/** Generates behind every prompt with k drafts. @throws TokenoscopeError `aborted` */
export async function generate(pair: DraftTarget, options: RunOptions): Promise<Run> {
  const { k, length, seed, signal, onProgress } = options;
  const uniform = uniforms(seed);
  const gave = new Array<number>(length + 1).fill(0);
  const steps: Verification[] = [];
  let [hits, expected] = [0, 0];
  const pause = pauses({ ...(signal && { signal }), onProgress });
  for (const [turn, prompt] of pair.prompts.entries()) {
    for (let prefix = prompt; prefix.length - prompt.length < TOKENS; ) {
      const found = await verifyOnce(prefix, { ...pair, k, length, uniform, signal });
      gave[found.ids.length - 1]!++;
      if (found.ids.length > 1) hits++;
      expected += found.tried[0]!.acceptance;
      if (turn === 0) steps.push(found);
      prefix = extendBy(prefix, found.ids);
      await pause(turn / pair.prompts.length);
    }
  }
  onProgress(1);
  return { k, ...countsOf(gave), gave, hits, expected, steps };
}

function countsOf(gave: readonly number[]): { calls: number; tokens: number; error: number } {
  let [calls, tokens, squares] = [0, 0, 0];
  for (const [i, count] of gave.entries()) {
    calls += count;
    tokens += count * (i + 1);
    squares += count * (i + 1) ** 2;
  }
  const mean = tokens / calls;
  return { calls, tokens, error: Math.sqrt(Math.max(0, squares / calls - mean ** 2) / calls) };
}
