import { draw } from '../../engine/lm/draw';
import { extend, type Prefix } from '../../engine/lm/language-model';
import type { DraftFate } from '../../views/draft-tree/draft-tree';
import type { NextTokens } from '../draft-target';
import { type KSeq, residual, solveKSeq, tryDrafts } from './k-seq';

export interface DecodeSettings {
  readonly draft: NextTokens;
  readonly target: NextTokens;
  /** Drafts. */
  readonly k: number;
  /** Tokens of a draft. */
  readonly length: number;
  readonly uniform: () => number;
  readonly signal?: AbortSignal | undefined;
  /** Solves for ρ; to be replaced only by what is to be shown wrong. */
  readonly solve?: typeof solveKSeq;
}

/** A drafted token; drafts that begin alike share it. */
export interface Drafted {
  /** Its place in the list; -1 for those at the top. */
  readonly parent: number;
  readonly id: number;
  /** How many drafts go through it. */
  readonly drafts: number;
  readonly fate: DraftFate;
}

/** One call of the target: what was drafted, and what is kept of it. */
export interface Verification {
  readonly nodes: readonly Drafted[];
  /** Drafted tokens that are kept, and one that the target drew itself. */
  readonly ids: readonly number[];
  /** K-SEQ at each place that was tried. */
  readonly tried: readonly KSeq[];
}

interface Node {
  readonly parent: number;
  readonly id: number;
  readonly prefix: Prefix;
  drafts: number;
  fate: DraftFate;
  /** The draft's distribution behind it. */
  p?: Float64Array;
}

/**
 * SpecTr's step: k drafts of some tokens each, drawn from the draft model; one batch for the target, with the places
 * behind all of them; then K-SEQ from place to place, each time with the drafts that begin as what was accepted so far.
 * Where it accepts none, and behind a whole draft, the target's distribution gives the last token.
 */
export async function verifyOnce(prefix: Prefix, settings: DecodeSettings): Promise<Verification> {
  const { draft, target, k, length, uniform, signal, solve = solveKSeq } = settings;
  const root: Node = { parent: -1, id: -1, prefix, drafts: k, fate: 'accepted' };
  const nodes: Node[] = [root];
  const children: Map<number, number>[] = [new Map()];
  // For each draft the nodes that it goes through.
  const paths: number[][] = Array.from({ length: k }, () => [0]);
  for (let depth = 0; depth < length; depth++) {
    const open = [...new Set(paths.map((path) => path[depth]!))];
    const answers = await draft.next(
      open.map((at) => nodes[at]!.prefix),
      signal,
    );
    for (const [i, at] of open.entries()) nodes[at]!.p = answers[i]!;
    for (const path of paths) {
      const at = path[depth]!;
      const id = draw(nodes[at]!.p!, uniform());
      let child = children[at]!.get(id);
      if (child === undefined) {
        child = nodes.length;
        nodes.push({ parent: at, id, prefix: extend(nodes[at]!.prefix, id), drafts: 0, fate: 'unread' });
        children.push(new Map());
        children[at]!.set(id, child);
      }
      nodes[child]!.drafts++;
      path.push(child);
    }
  }
  const laws = await target.next(
    nodes.map((node) => node.prefix),
    signal,
  );

  const ids: number[] = [];
  const tried: KSeq[] = [];
  let at = 0;
  let survivors = paths;
  let law = laws[0]!;
  for (let depth = 1; depth <= length; depth++) {
    const p = nodes[at]!.p!;
    const kSeq = solve(p, law, survivors.length);
    tried.push(kSeq);
    const tokens = survivors.map((path) => nodes[path[depth]!]!.id);
    const kept = tryDrafts(tokens, p, law, kSeq, uniform);
    const end = kept < 0 ? survivors.length : kept;
    for (const path of survivors.slice(0, end)) nodes[path[depth]!]!.fate = 'rejected';
    if (kept < 0) {
      law = residual(p, law, kSeq);
      break;
    }
    at = survivors[kept]![depth]!;
    nodes[at]!.fate = 'accepted';
    ids.push(nodes[at]!.id);
    survivors = survivors.filter((path) => path[depth] === at);
    law = laws[at]!;
  }
  const own = draw(law, uniform());
  return {
    // The root is the text so far, and no draft.
    nodes: [
      ...nodes.slice(1).map(({ parent, id, drafts, fate }) => ({ parent: parent - 1, id, drafts, fate })),
      { parent: at - 1, id: own, drafts: 0, fate: 'own' },
    ],
    ids: [...ids, own],
    tried,
  };
}
