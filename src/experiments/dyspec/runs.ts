import { uniforms } from '../../engine/lm/draw';
import { extendBy, type Prefix } from '../../engine/lm/language-model';
import { pauses } from '../../tokenizers/slices';
import type { DraftFate } from '../../views/draft-tree/draft-tree';
import type { DraftTarget } from '../draft-target';
import { Correlation, type Estimates } from './correlation';
import { type DraftTree, type GrowOptions, growByEstimate, growFixed } from './tree';
import { type Verdict, verify } from './verify';

export const SHAPES = ['chain', 'fixed', 'dynamic'] as const;

export type Shape = (typeof SHAPES)[number];

/** A drafted token as it is shown. */
export interface ShownNode {
  /** Its place in the list; -1 for those at the top. */
  readonly parent: number;
  readonly id: number;
  readonly fate: DraftFate;
  /** The estimate that it is accepted once it is tried. */
  readonly share: number;
  /** The estimate that the verification comes as far as accepting it. */
  readonly reach: number;
}

/** One call of the target. */
export interface Step {
  /** In the order in which they were added; the last is the target's own. */
  readonly nodes: readonly ShownNode[];
  readonly ids: readonly number[];
}

/** What calls of the target gave with trees of one shape and budget, over all prompts. */
export interface Run {
  readonly shape: Shape;
  readonly budget: number;
  /** Calls of the target, each one batch. */
  readonly calls: number;
  readonly tokens: number;
  /** The standard error of tokens over calls. */
  readonly error: number;
  /** Calls of the draft model, each a batch. */
  readonly draftCalls: number;
  /** Of the tokens that were tried. */
  readonly estimates: Estimates;
  /** What was written behind each prompt. */
  readonly written: readonly (readonly number[])[];
  /** The calls behind the first prompt. */
  readonly steps: readonly Step[];
}

/** Tokens that are generated behind each prompt, at least. */
export const TOKENS = 32;

interface CallOptions extends GrowOptions {
  readonly target: DraftTarget['target'];
  readonly shape: Shape;
  /** Branches of a fixed tree. */
  readonly arity: number;
  /** Tokens that are wanted of the call; all by default. What the target says behind so many decides nothing then. */
  readonly most?: number;
}

/** Grows a tree behind a prefix, lets the target see all of it in one batch, and verifies it. */
export async function callOnce(
  prefix: Prefix,
  { target, shape, arity, most = Number.POSITIVE_INFINITY, ...grow }: CallOptions,
): Promise<{ tree: DraftTree; verdict: Verdict }> {
  const tree =
    shape === 'dynamic'
      ? await growByEstimate(prefix, grow)
      : await growFixed(prefix, shape === 'chain' ? 1 : arity, grow);
  const isRead = tree.nodes.map((node) => node.prefix.length - prefix.length < most);
  const answers = await target.next(
    tree.nodes.filter((_, at) => isRead[at]).map((node) => node.prefix),
    grow.signal,
  );
  const found = answers.values();
  const laws = isRead.map((each) => (each ? found.next().value : undefined));
  return { tree, verdict: verify(tree, laws, grow.uniform, most) };
}

interface RunOptions {
  readonly shape: Shape;
  readonly arity: number;
  readonly budget: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (share: number) => void;
}

/** Generates behind every prompt. @throws TokenoscopeError `aborted` */
export async function generate(pair: DraftTarget, options: RunOptions): Promise<Run> {
  const { shape, arity, budget, seed, signal, onProgress } = options;
  const { draft, target, prompts } = pair;
  const settings = { draft, target, shape, arity, budget, uniform: uniforms(seed), signal };
  const correlation = new Correlation();
  const written: number[][] = prompts.map(() => []);
  const steps: Step[] = [];
  let [calls, tokens, squares, draftCalls] = [0, 0, 0, 0];
  const pause = pauses({ ...(signal && { signal }), onProgress });
  for (const [turn, prompt] of prompts.entries()) {
    for (let prefix = prompt; written[turn]!.length < TOKENS; ) {
      const { tree, verdict } = await callOnce(prefix, settings);
      const { length } = verdict.ids;
      calls++;
      tokens += length;
      squares += length ** 2;
      draftCalls += tree.draftCalls;
      for (const { share, chance } of verdict.tried) correlation.add(share, chance);
      if (turn === 0) steps.push(shownStep(tree, verdict));
      written[turn]!.push(...verdict.ids);
      prefix = extendBy(prefix, verdict.ids);
      await pause(turn / prompts.length);
    }
  }
  onProgress(1);
  const mean = tokens / calls;
  const error = Math.sqrt(Math.max(0, squares / calls - mean ** 2) / calls);
  const estimates = correlation.result();
  return { shape, budget, calls, tokens, error, draftCalls, estimates, written, steps };
}

function shownStep({ nodes }: DraftTree, { fates, end, ids }: Verdict): Step {
  // The root is the text so far, and no draft.
  const drafted = nodes.slice(1).map(({ parent, id, share, reach }, i) => ({
    parent: parent - 1,
    id,
    fate: fates[i + 1]!,
    share,
    reach,
  }));
  const own: ShownNode = { parent: end - 1, id: ids.at(-1)!, fate: 'own', share: 0, reach: 0 };
  return { nodes: [...drafted, own], ids };
}
