import type { Place, PrefixTree } from './tree';

/** A valid string. */
export interface Weighed {
  readonly text: string;
  /** Its probability among all valid strings: what a sampler should give. */
  readonly exact: number;
  /** The probability that it is drawn token by token, each of the valid ones. */
  readonly local: number;
}

export interface Enumeration {
  /** The likeliest first. */
  readonly strings: readonly Weighed[];
  /** log2 of the probability that the model alone gives a valid string. */
  readonly log2Mass: number;
}

/** Beginnings of strings that are looked at, and those that wait; with more of them a constraint has no enumeration. */
const MOST_PLACES = 2500;
const MOST_OPEN = 20_000;
/** The share of the mass that may be left out. */
const LEFT_OUT = 1e-4;

interface Open {
  readonly place: Place;
  /** Natural logarithms of the model's probability and of that of drawing token by token. */
  readonly log: number;
  readonly local: number;
}

/**
 * All valid strings with their probabilities, the likeliest beginnings first; undefined where these are too many.
 * Strings that tokens can spell in several ways count once, with the sum.
 * @param pause called between small pieces of work
 * @throws TokenoscopeError `aborted`
 */
export async function enumerate(
  tree: PrefixTree,
  pause: () => Promise<void>,
  signal?: AbortSignal,
): Promise<Enumeration | undefined> {
  const open = new Heap();
  open.push({ place: tree.root, log: 0, local: 0 });
  const found = new Map<string, { mass: number; local: number }>();
  // Masses are relative to the first string that is found, which is a likely one: a double holds no 2^-1100.
  let scale: number | undefined;
  let mass = 0;
  for (let looked = 0; looked < MOST_PLACES && open.size < MOST_OPEN; looked++) {
    const best = open.pop();
    if (!best) break;
    await tree.ask([best.place], signal);
    await pause();
    const { valid, kept } = validAt(tree, best.place);
    for (const id of valid) {
      const p = best.place.distribution![id]!;
      if (p <= 0) continue;
      const next = { log: best.log + Math.log(p), local: best.local + Math.log(p / kept) };
      if (id !== tree.end) {
        open.push({ ...next, place: tree.next(best.place, id)! });
        continue;
      }
      scale ??= next.log;
      const text = tree.textOf(best.place);
      const known = found.get(text) ?? { mass: 0, local: 0 };
      known.mass += Math.exp(next.log - scale);
      known.local += Math.exp(next.local);
      found.set(text, known);
      mass += Math.exp(next.log - scale);
    }
    if (looked % 64 === 63 && scale !== undefined && open.mass(scale) < LEFT_OUT * mass) {
      open.clear();
      break;
    }
  }
  if (scale === undefined || open.size > 0) return undefined;
  const strings = [...found].map(([text, each]) => ({ text, exact: each.mass / mass, local: each.local }));
  return {
    strings: strings.sort((a, b) => b.exact - a.exact),
    log2Mass: (scale + Math.log(mass)) / Math.LN2,
  };
}

/** The tokens that may follow, and their probability together: what a full mask computes. */
export function validAt(
  tree: PrefixTree,
  place: Place,
): { readonly valid: readonly number[]; readonly kept: number } {
  const valid: number[] = [];
  let kept = 0;
  for (let id = 0; id < tree.size; id++) {
    if (!tree.isValid(place, id)) continue;
    valid.push(id);
    kept += place.distribution![id]!;
  }
  return { valid, kept };
}

/** Beginnings, the likeliest on top. */
class Heap {
  readonly #all: Open[] = [];

  get size(): number {
    return this.#all.length;
  }

  push(one: Open): void {
    const all = this.#all;
    let at = all.length;
    all.push(one);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (all[parent]!.log >= one.log) break;
      all[at] = all[parent]!;
      at = parent;
    }
    all[at] = one;
  }

  pop(): Open | undefined {
    const all = this.#all;
    const top = all[0];
    const last = all.pop();
    if (!last || all.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= all.length) break;
      if (child + 1 < all.length && all[child + 1]!.log > all[child]!.log) child++;
      if (all[child]!.log <= last.log) break;
      all[at] = all[child]!;
      at = child;
    }
    all[at] = last;
    return top;
  }

  /** The probability of all, over e to the power of `scale`. */
  mass(scale: number): number {
    return this.#all.reduce((sum, { log }) => sum + Math.exp(log - scale), 0);
  }

  clear(): void {
    this.#all.length = 0;
  }
}
