import { mulberry32 } from '../../core/image/noise';

/** The switching source: a bit equals the one k places before it, unless it switches. */
export interface Switching {
  /** Probability of a 1 behind a 0. */
  readonly p: number;
  /** Probability of a 0 behind a 1. */
  readonly q: number;
  /** How many places back the source looks: its order. */
  readonly k: number;
}

/** Symbols to learn from and to measure on, as numbers of `alphabet`. */
export interface Symbols {
  readonly alphabet: readonly string[];
  readonly learn: Int32Array;
  /** Where each stretch of `learn` begins, and its end: no token crosses a border. */
  readonly learnStarts: Uint32Array;
  /** With `GAP` between two stretches. */
  readonly measure: Int32Array;
  /** Without the gaps. */
  readonly measured: number;
}

/** What both models are compared with, in bits per character. */
export interface Lines {
  /** The best that any model can do: the entropy rate, H∞. */
  readonly entropyRate: number;
  /** The best that a unigram model over characters can do: the entropy of how often each occurs, H(π). */
  readonly unigram: number;
}

/** Between two stretches of symbols. */
export const GAP = -1;

/** Symbols that the switching source gives to learn from, and fresh ones to measure on. */
const SWITCHING_SYMBOLS = { learn: 200_000, measure: 50_000 } as const;

/** The share of a text that is set aside: one stretch of this many. */
const FOLDS = 5;
/** Characters of a stretch, at most. */
const STRETCH = 500;

/** @param next whole numbers, as of `mulberry32` */
function switchingBits({ p, q, k }: Switching, length: number, next: () => number): Int32Array {
  const bits = new Int32Array(length);
  for (let at = 0; at < length; at++) {
    const chance = next() / 2 ** 32;
    // The first k come from the stationary distribution, so that the source is in it from the start.
    if (at < k) bits[at] = chance < p / (p + q) ? 1 : 0;
    else if (bits[at - k] === 0) bits[at] = chance < p ? 1 : 0;
    else bits[at] = chance < q ? 0 : 1;
  }
  return bits;
}

export function switchingSymbols(source: Switching, seed: number): Symbols {
  const next = mulberry32(seed);
  const learn = switchingBits(source, SWITCHING_SYMBOLS.learn, next);
  const measure = switchingBits(source, SWITCHING_SYMBOLS.measure, next);
  const learnStarts = Uint32Array.of(0, learn.length);
  return { alphabet: ['0', '1'], learn, learnStarts, measure, measured: measure.length };
}

/** Exact: every k-th bit forms a chain of two states, and the k chains know nothing of each other. */
export function switchingLines({ p, q }: Switching): Lines {
  const ones = p / (p + q);
  return {
    entropyRate: (1 - ones) * binaryEntropy(p) + ones * binaryEntropy(q),
    unigram: binaryEntropy(ones),
  };
}

/**
 * The characters of a text (code points). Every fifth stretch is set aside to measure on, so that both parts are about
 * the same things.
 */
export function textSymbols(text: string): Symbols {
  const alphabet: string[] = [];
  const idOf = new Map<string, number>();
  const all: number[] = [];
  for (const character of text) {
    let id = idOf.get(character);
    if (id === undefined) {
      id = alphabet.push(character) - 1;
      idOf.set(character, id);
    }
    all.push(id);
  }
  const stretch = Math.max(1, Math.min(STRETCH, Math.ceil(all.length / FOLDS)));
  const learn: number[] = [];
  const starts = [0];
  const measure: number[] = [];
  let measured = 0;
  for (let from = 0, turn = 1; from < all.length; from += stretch, turn++) {
    const part = all.slice(from, from + stretch);
    if (turn % FOLDS !== 0) {
      for (const id of part) learn.push(id);
      // Two stretches that are neighbours in the text are one.
      if (turn % FOLDS === 1 && starts.at(-1) !== learn.length - part.length)
        starts.push(learn.length - part.length);
    } else {
      if (measured > 0) measure.push(GAP);
      for (const id of part) measure.push(id);
      measured += part.length;
    }
  }
  starts.push(learn.length);
  return {
    alphabet,
    learn: Int32Array.from(learn),
    learnStarts: Uint32Array.from(starts),
    measure: Int32Array.from(measure),
    measured,
  };
}

/**
 * What the whole text itself says: the entropy of its characters, and that of a character once the one before it is
 * known (its first-order empirical entropy).
 */
export function textLines(text: string): Lines {
  const characters = new Map<string, number>();
  const befores = new Map<string, number>();
  const pairs = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  let before: string | undefined;
  for (const character of text) {
    count(characters, character);
    if (before !== undefined) {
      count(befores, before);
      count(pairs, before + character);
    }
    before = character;
  }
  // H(x|y) = H(y, x) − H(y), over the pairs of neighbours.
  const entropyRate = entropy(pairs.values()) - entropy(befores.values());
  return { entropyRate: Math.max(0, entropyRate), unigram: entropy(characters.values()) };
}

/** In bits; 0 for no counts. */
export function entropy(counts: Iterable<number>): number {
  let total = 0;
  let sum = 0;
  for (const count of counts) {
    if (count === 0) continue;
    total += count;
    sum += count * Math.log2(count);
  }
  return total === 0 ? 0 : Math.log2(total) - sum / total;
}

function binaryEntropy(chance: number): number {
  return chance <= 0 || chance >= 1 ? 0 : -chance * Math.log2(chance) - (1 - chance) * Math.log2(1 - chance);
}
