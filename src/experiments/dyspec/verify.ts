import { draw } from '../../engine/lm/draw';
import type { DraftFate } from '../../views/draft-tree/draft-tree';
import type { DraftTree } from './tree';

/** A drafted token that was tried. */
export interface Try {
  /** The draft's probability of it, of what it had left: the estimate. */
  readonly share: number;
  /** The probability with which it is accepted. */
  readonly chance: number;
}

/** What a call of the target made of a tree. */
export interface Verdict {
  /** Of every node; the root's is "accepted". */
  readonly fates: readonly DraftFate[];
  /** The last node that was accepted. */
  readonly end: number;
  /** Accepted tokens, and one that the target drew itself, unless as many as wanted were accepted. */
  readonly ids: readonly number[];
  readonly tried: readonly Try[];
}

/**
 * Goes down the tree. At a node its children are tried in the order in which they were drawn: accepted with the
 * probability min(1, q(y) / d(y)); else q becomes max(q − d, 0) and d loses y, both made to sum to 1 again. Where none
 * is accepted, the last q gives the token. As the children were drawn without replacement, this is exactly the target's
 * distribution, whatever decided how many there are.
 * @param laws the target's distribution behind every node; undefined may be those that are `most` tokens deep or more
 * @param most tokens that are wanted: it ends once so many are accepted
 */
export function verify(
  tree: DraftTree,
  laws: readonly (Float64Array | undefined)[],
  uniform: () => number,
  most = Number.POSITIVE_INFINITY,
): Verdict {
  const { nodes } = tree;
  const children: number[][] = nodes.map(() => []);
  for (let at = 1; at < nodes.length; at++) children[nodes[at]!.parent]!.push(at);
  const fates: DraftFate[] = nodes.map((_, at) => (at === 0 ? 'accepted' : 'unread'));
  const ids: number[] = [];
  const tried: Try[] = [];
  for (let at = 0; ; ) {
    if (ids.length === most) return { fates, end: at, ids, tried };
    let q = laws[at]!;
    const d = tree.laws[at]?.slice() ?? new Float64Array(0);
    let mass = 1;
    let next = -1;
    for (const child of children[at]!) {
      const { id } = nodes[child]!;
      const share = d[id]! / mass;
      tried.push({ share, chance: Math.min(1, q[id]! / share) });
      if (uniform() * share < q[id]!) {
        next = child;
        break;
      }
      fates[child] = 'rejected';
      q = withoutDraft(q, d, mass);
      d[id] = 0;
      mass = 0;
      for (const each of d) mass += each;
    }
    if (next < 0) return { fates, end: at, ids: [...ids, draw(q, uniform())], tried };
    at = next;
    fates[at] = 'accepted';
    ids.push(nodes[at]!.id);
  }
}

/** max(q − d, 0), made to sum to 1; q where the two agree. */
function withoutDraft(q: Float64Array, d: Float64Array, mass: number): Float64Array {
  const rest = new Float64Array(q.length);
  let total = 0;
  for (let x = 0; x < q.length; x++) {
    const over = q[x]! - d[x]! / mass;
    if (over > 0) {
      rest[x] = over;
      total += over;
    }
  }
  if (total <= 0) return q;
  for (let x = 0; x < rest.length; x++) rest[x]! /= total;
  return rest;
}
