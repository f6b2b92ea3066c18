import { mulberry32 } from '../../core/image/noise';

/** A word and where it is divided: positions in UTF-16 units, ascending. */
export interface Division {
  readonly word: string;
  readonly cuts: readonly number[];
}

/** Letters that a part has at least. */
export const SHORTEST = 2;

/** exp(-6): a hyphenated spelling counts if it is not rarer than this against the word without hyphens. */
const RAREST = Math.exp(-6);

/**
 * Stage 1 of CompoundPiece (arXiv 2305.14214): words that a corpus writes with hyphens, as lessons in where their parts
 * meet. Of several hyphenations of a word the most frequent one; and as many of the most frequent words without
 * hyphens, as lessons in what is not divided.
 * @param counts of words as they are written
 */
export function hyphenLessons(counts: ReadonlyMap<string, number>): {
  readonly compounds: readonly Division[];
  readonly others: readonly Division[];
} {
  const plain = new Map<string, number>();
  const hyphenated = new Map<string, { parts: readonly string[]; count: number }>();
  for (const [written, count] of counts) {
    const parts = written.toLowerCase().split('-');
    if (parts.length === 1) plain.set(parts[0]!, (plain.get(parts[0]!) ?? 0) + count);
    else if (parts.every((part) => part.length >= SHORTEST)) {
      const word = parts.join('');
      const known = hyphenated.get(word);
      if (!known || known.count < count) hyphenated.set(word, { parts, count });
    }
  }
  const compounds: Division[] = [];
  for (const [word, { parts, count }] of hyphenated) {
    if (count / (plain.get(word) ?? 1) < RAREST) continue;
    compounds.push({ word, cuts: cutsOf(parts) });
  }
  const others = [...plain]
    .filter(([word]) => word.length >= 2 * SHORTEST && !hyphenated.has(word))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, compounds.length)
    .map(([word]) => ({ word, cuts: [] }));
  return { compounds, others };
}

/** Where parts meet. */
function cutsOf(parts: readonly string[]): number[] {
  let at = 0;
  return parts.slice(0, -1).map((part) => (at += part.length));
}

/** Letters beside a place that are looked at, at most. */
const CONTEXT = 5;

/** Rounds through all lessons. */
const ROUNDS = 12;

const RATE = 0.15;

/**
 * Says where words are divided: a logistic regression over the letters on both sides of each place, and over whether
 * what is left and right of it are words of the corpus. Small enough to learn in a page; the paper's is ByT5.
 */
export class Splitter {
  readonly #words: ReadonlySet<string>;
  readonly #indices = new Map<string, number>();
  readonly #weights: number[] = [];
  readonly #slopes: number[] = [];

  /** @param words without hyphens, of the corpus, in small letters */
  constructor(words: ReadonlySet<string>) {
    this.#words = words;
  }

  /** Learns from lessons by AdaGrad, in a random order that the seed decides. Yields the share done. */
  *learn(lessons: readonly Division[], seed: number): Generator<number, void> {
    const examples: { features: readonly number[]; is: 0 | 1 }[] = [];
    for (const { word, cuts } of lessons) {
      for (let at = SHORTEST; at <= word.length - SHORTEST; at++) {
        const features = this.#featuresOf(word, at).map((name) => this.#indexOf(name));
        examples.push({ features, is: cuts.includes(at) ? 1 : 0 });
      }
    }
    const next = mulberry32(seed);
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = examples.length - 1; i > 0; i--) {
        const j = next() % (i + 1);
        [examples[i], examples[j]] = [examples[j]!, examples[i]!];
      }
      for (const { features, is } of examples) {
        const error = is - chance(features.reduce((sum, index) => sum + this.#weights[index]!, 0));
        for (const index of features) {
          this.#slopes[index]! += error * error;
          this.#weights[index]! += (RATE * error) / Math.sqrt(this.#slopes[index]! + 1e-6);
        }
      }
      yield (round + 1) / ROUNDS;
    }
  }

  /** Where a word is divided: the places that are more likely than not, the likelier first where two are too close. */
  cuts(word: string): readonly number[] {
    const small = word.toLowerCase();
    if (small.length !== word.length) return [];
    const places: { at: number; chance: number }[] = [];
    for (let at = SHORTEST; at <= small.length - SHORTEST; at++) {
      let sum = 0;
      for (const name of this.#featuresOf(small, at)) {
        const index = this.#indices.get(name);
        if (index !== undefined) sum += this.#weights[index]!;
      }
      if (sum > 0) places.push({ at, chance: sum });
    }
    const kept: number[] = [];
    for (const { at } of places.sort((a, b) => b.chance - a.chance || a.at - b.at)) {
      if (kept.every((other) => Math.abs(other - at) >= SHORTEST)) kept.push(at);
    }
    return kept.sort((a, b) => a - b);
  }

  #indexOf(name: string): number {
    let index = this.#indices.get(name);
    if (index === undefined) {
      index = this.#weights.push(0) - 1;
      this.#slopes.push(0);
      this.#indices.set(name, index);
    }
    return index;
  }

  #featuresOf(word: string, at: number): string[] {
    const left = word.slice(0, at);
    const right = word.slice(at);
    const features = ['*', `l${Math.min(7, left.length)}`, `r${Math.min(7, right.length)}`];
    const around = `^${word}$`;
    const middle = at + 1;
    for (let n = 1; n <= CONTEXT; n++) {
      if (middle - n >= 0) features.push(`<${around.slice(middle - n, middle)}`);
      if (middle + n <= around.length) features.push(`>${around.slice(middle, middle + n)}`);
    }
    features.push(`=${around.slice(middle - 1, middle + 1)}`, `=${around.slice(middle - 2, middle + 2)}`);
    features.push(`L${left}`, `R${right}`);
    const known = [
      this.#words.has(left) ? 1 : this.#words.has(left.slice(0, -1)) ? 2 : 0,
      this.#words.has(right) ? 1 : 0,
    ];
    features.push(`k${known.join('')}`, `kl${known[0]}`, `kr${known[1]}`);
    return features;
  }
}

function chance(sum: number): number {
  return 1 / (1 + Math.exp(-sum));
}

/**
 * What needs no lessons: the word is divided once, where both parts are words of the corpus and the geometric mean of
 * their counts is highest, if that is more than the count of the word itself (Koehn and Knight 2003, for two parts).
 * @param counts in small letters
 */
export function cutsByFrequency(word: string, counts: ReadonlyMap<string, number>): readonly number[] {
  const small = word.toLowerCase();
  if (small.length !== word.length) return [];
  let best = counts.get(small) ?? 0;
  let cuts: readonly number[] = [];
  for (let at = 3; at <= small.length - 3; at++) {
    const right = counts.get(small.slice(at)) ?? 0;
    const left =
      counts.get(small.slice(0, at)) ?? (small[at - 1] === 's' ? counts.get(small.slice(0, at - 1)) : 0) ?? 0;
    const mean = Math.sqrt(left * right);
    if (mean <= best) continue;
    best = mean;
    cuts = [at];
  }
  return cuts;
}
