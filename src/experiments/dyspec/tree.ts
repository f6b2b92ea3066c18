import { extend, type Prefix } from '../../engine/lm/language-model';
import type { NextTokens } from '../draft-target';
import { SlotHeap } from './slot-heap';

/** A drafted token. */
export interface Grown {
  /** Its place in the list; the root is 0 and has -1. */
  readonly parent: number;
  readonly id: number;
  readonly prefix: Prefix;
  /** The probability with which it was drawn, which is the estimate that it is accepted once it is tried. */
  readonly share: number;
  /** The estimate that the verification comes as far as accepting it: a product of estimates from the root. */
  readonly reach: number;
}

/** Drafts that share their beginnings, in the order in which they were added. */
export interface DraftTree {
  readonly nodes: readonly Grown[];
  /** The draft's distribution behind each node that has children. */
  readonly laws: readonly (Float64Array | undefined)[];
  /** Calls of the draft model, each a batch. */
  readonly draftCalls: number;
}

export interface GrowOptions {
  readonly draft: NextTokens;
  /** Drafted tokens, at most. */
  readonly budget: number;
  readonly uniform: () => number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * DySpec's tree: always where the estimate of being reached is highest, a token is drawn from what the draft has left
 * there. That opens two places: beside it, reached where it is refused, and behind it, reached where it is accepted.
 * Tokens are drawn, never chosen by their probability, or the verification would not be fair. (The paper's
 * Algorithm 1, with the token drawn before it is added; the draft is asked once a place behind a token is taken.)
 */
export async function growByEstimate(prefix: Prefix, options: GrowOptions): Promise<DraftTree> {
  const { draft, budget, uniform, signal } = options;
  const nodes: Grown[] = [rootOf(prefix)];
  const laws: (Float64Array | undefined)[] = [];
  const slots = new SlotHeap();
  slots.push({ parent: 0, reach: 1, left: undefined });
  let draftCalls = 0;
  while (nodes.length <= budget) {
    const slot = slots.pop();
    if (!slot) break;
    const { parent, reach } = slot;
    let { left } = slot;
    if (!left) {
      const [law] = await draft.next([nodes[parent]!.prefix], signal);
      draftCalls++;
      laws[parent] = law!;
      left = law!.slice();
    }
    const { id, share } = take(left, uniform());
    slots.push({ parent: nodes.length, reach: reach * share, left: undefined });
    nodes.push({ parent, id, prefix: extend(nodes[parent]!.prefix, id), share, reach: reach * share });
    if (share < 1) slots.push({ parent, reach: reach * (1 - share), left });
  }
  return { nodes, laws, draftCalls };
}

/** A tree whose every token has so many others behind it, filled from the root outwards; with one it is a chain. */
export async function growFixed(prefix: Prefix, arity: number, options: GrowOptions): Promise<DraftTree> {
  const { draft, budget, uniform, signal } = options;
  const nodes: Grown[] = [rootOf(prefix)];
  const laws: (Float64Array | undefined)[] = [];
  let draftCalls = 0;
  for (let from = 0; nodes.length <= budget; ) {
    const to = nodes.length;
    // Only those that the budget still leaves a child for.
    const open = nodes.slice(from, Math.min(to, from + Math.ceil((budget + 1 - to) / arity)));
    if (open.length === 0) break;
    const answers = await draft.next(
      open.map((node) => node.prefix),
      signal,
    );
    draftCalls++;
    for (const [i, node] of open.entries()) {
      const parent = from + i;
      laws[parent] = answers[i]!;
      const left = answers[i]!.slice();
      let reach = node.reach;
      for (let child = 0; child < arity && nodes.length <= budget; child++) {
        const { id, share } = take(left, uniform());
        nodes.push({ parent, id, prefix: extend(node.prefix, id), share, reach: reach * share });
        reach *= 1 - share;
        if (share >= 1) break;
      }
    }
    from = to;
  }
  return { nodes, laws, draftCalls };
}

function rootOf(prefix: Prefix): Grown {
  return { parent: -1, id: -1, prefix, share: 1, reach: 1 };
}

/** Draws a token from what is left of a distribution, and takes it out. */
function take(left: Float64Array, uniform: number): { id: number; share: number } {
  let mass = 0;
  for (let x = 0; x < left.length; x++) mass += left[x]!;
  // As `draw`, whose sum is known here.
  let place = uniform * mass;
  let id = 0;
  for (let x = 0; x < left.length && place >= 0; x++) {
    if (left[x]! <= 0) continue;
    id = x;
    place -= left[x]!;
  }
  const rest = mass - left[id]!;
  // Where nothing but rounding is left, nothing is.
  const share = rest > 1e-12 ? left[id]! / mass : 1;
  left[id] = 0;
  return { id, share };
}
