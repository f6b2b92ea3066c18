import { Heap } from './heap';
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
  /** What is missing of the probabilities of drawing token by token, 0 to 1. */
  readonly localLeft: number;
}

/** Beginnings of strings that are looked at unless something else is said; with more of them a constraint has no enumeration. */
const MOST_PLACES = 2500;
/** Those that wait, at most. */
const MOST_OPEN = 20_000;
/** The share that may be left out. */
const LEFT_OUT = 1e-4;
/** Beginnings between two looks at how much is left. */
const STRIDE = 32;

/** The beginning of a string: its place, and logarithms of the model's probability and of drawing token by token. */
interface Open {
  readonly place: Place;
  readonly log: number;
  readonly local: number;
}

/**
 * All valid strings with their probabilities, the likeliest beginnings first; undefined where these are too many.
 * Strings that tokens can spell in several ways count once, with the sum.
 * @param pause called between small pieces of work
 * @param mostPlaces beginnings that are looked at, at most
 * @throws TokenoscopeError `aborted`
 */
export async function enumerate(
  tree: PrefixTree,
  pause: () => Promise<void>,
  signal?: AbortSignal,
  mostPlaces = MOST_PLACES,
): Promise<Enumeration | undefined> {
  const search = new Search(tree);
  const byModel = new Heap<Open>(({ log }) => log);
  byModel.push({ place: tree.root, log: 0, local: 0 });
  let looked = 0;
  const look = async (open: Heap<Open>, left: () => number) => {
    for (; open.size > 0 && open.size < MOST_OPEN && looked < mostPlaces; looked++) {
      if (looked % STRIDE === 0 && left() < LEFT_OUT) return true;
      const best = open.pop()!;
      await tree.ask([best.place], signal);
      for (const next of search.expand(best)) open.push(next);
      await pause();
    }
    return open.size === 0;
  };
  if (!(await look(byModel, () => search.left(byModel.all)))) return undefined;
  // What the model would hardly write may still be drawn token by token.
  const byLocal = new Heap<Open>(({ local }) => local);
  for (const each of byModel.all) byLocal.push(each);
  const localLeft = () => byLocal.all.reduce((sum, { local }) => sum + Math.exp(local), 0);
  await look(byLocal, localLeft);
  return search.found(localLeft());
}

class Search {
  readonly #tree: PrefixTree;
  readonly #strings = new Map<string, { mass: number; local: number }>();
  /** Masses are relative to the first string that is found, which is a likely one: a double holds no 2^-1100. */
  #scale: number | undefined;
  #mass = 0;

  constructor(tree: PrefixTree) {
    this.#tree = tree;
  }

  /** The beginnings that are one token longer; strings that end here are noted. */
  expand({ place, log, local }: Open): readonly Open[] {
    const { valid, kept } = validAt(this.#tree, place);
    const longer: Open[] = [];
    for (const id of valid) {
      const p = place.distribution![id]!;
      if (p <= 0) continue;
      const next = { log: log + Math.log(p), local: local + Math.log(p / kept) };
      if (id === this.#tree.end) this.#note(this.#tree.textOf(place), next);
      else longer.push({ ...next, place: this.#tree.next(place, id)! });
    }
    return longer;
  }

  #note(text: string, { log, local }: { readonly log: number; readonly local: number }): void {
    this.#scale ??= log;
    const known = this.#strings.get(text) ?? { mass: 0, local: 0 };
    known.mass += Math.exp(log - this.#scale);
    known.local += Math.exp(local);
    this.#strings.set(text, known);
    this.#mass += Math.exp(log - this.#scale);
  }

  /** The probability of beginnings over that of all strings that are found. */
  left(open: readonly Open[]): number {
    const scale = this.#scale;
    if (scale === undefined) return Number.POSITIVE_INFINITY;
    return open.reduce((sum, { log }) => sum + Math.exp(log - scale), 0) / this.#mass;
  }

  /** Undefined where no string was found. */
  found(localLeft: number): Enumeration | undefined {
    if (this.#scale === undefined) return undefined;
    const strings = [...this.#strings].map(([text, { mass, local }]) => ({
      text,
      exact: mass / this.#mass,
      local,
    }));
    return {
      strings: strings.sort((a, b) => b.exact - a.exact),
      log2Mass: (this.#scale + Math.log(this.#mass)) / Math.LN2,
      localLeft,
    };
  }
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
