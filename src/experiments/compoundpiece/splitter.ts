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

/** Weights: what is seen beside a place is hashed to one of them. */
const BUCKETS = 2 ** 18;

/** Lessons that are read, and examples that are learned, between two looks at the clock. */
const LESSONS = 32;
const EXAMPLES = 2048;

interface Example {
  readonly features: Int32Array;
  readonly is: 0 | 1;
}

/**
 * Says where words are divided: a logistic regression over the letters on both sides of each place, and over whether
 * what is left and right of it are words of the corpus. Small enough to learn in a page; the paper's is ByT5.
 */
export class Splitter {
  readonly #words: ReadonlySet<string>;
  readonly #weights = new Float64Array(BUCKETS);
  readonly #slopes = new Float64Array(BUCKETS);

  /** @param words without hyphens, of the corpus, in small letters */
  constructor(words: ReadonlySet<string>) {
    this.#words = words;
  }

  /** Learns from lessons by AdaGrad, in a random order that the seed decides. Yields the share done. */
  *learn(lessons: readonly Division[], seed: number): Generator<number, void> {
    const examples: Example[] = [];
    for (const [i, { word, cuts }] of lessons.entries()) {
      for (let at = SHORTEST; at <= word.length - SHORTEST; at++) {
        examples.push({ features: featuresOf(word, at, this.#words), is: cuts.includes(at) ? 1 : 0 });
      }
      if (i % LESSONS === 0) yield (0.3 * i) / lessons.length;
    }
    const next = mulberry32(seed);
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = examples.length - 1; i > 0; i--) {
        const j = next() % (i + 1);
        const swapped = examples[i]!;
        examples[i] = examples[j]!;
        examples[j] = swapped;
      }
      for (let from = 0; from < examples.length; from += EXAMPLES) {
        for (const example of examples.slice(from, from + EXAMPLES)) this.#learn(example);
        yield 0.3 + (0.7 * (round + from / examples.length)) / ROUNDS;
      }
    }
  }

  /** Where a word is divided: the places that are more likely than not, the likelier first where two are too close. */
  cuts(word: string): readonly number[] {
    const small = word.toLowerCase();
    if (small.length !== word.length) return [];
    const places: { at: number; sum: number }[] = [];
    for (let at = SHORTEST; at <= small.length - SHORTEST; at++) {
      const sum = this.#sumOf(featuresOf(small, at, this.#words));
      if (sum > 0) places.push({ at, sum });
    }
    const kept: number[] = [];
    for (const { at } of places.sort((a, b) => b.sum - a.sum || a.at - b.at)) {
      if (kept.every((other) => Math.abs(other - at) >= SHORTEST)) kept.push(at);
    }
    return kept.sort((a, b) => a - b);
  }

  #learn({ features, is }: Example): void {
    const error = is - 1 / (1 + Math.exp(-this.#sumOf(features)));
    for (const feature of features) {
      this.#slopes[feature]! += error * error;
      this.#weights[feature]! += (RATE * error) / Math.sqrt(this.#slopes[feature]! + 1e-6);
    }
  }

  #sumOf(features: Int32Array): number {
    let sum = 0;
    for (const feature of features) sum += this.#weights[feature]!;
    return sum;
  }
}

/**
 * What is seen beside a place: up to five letters on either side, the two and four around it, all that is left and right of
 * it, how long these are, and whether they are words (2: without its last letter). Hashed (FNV-1a) to places of weights.
 */
function featuresOf(word: string, at: number, words: ReadonlySet<string>): Int32Array {
  const around = `^${word}$`;
  const middle = at + 1;
  const found: number[] = [];
  let kind = 0;
  const add = (hash: number) => found.push((hash ^ (hash >>> 15)) & (BUCKETS - 1));
  const numbered = (value: number) => add(mixed(mixed(0x811c9dc5, kind++), value));
  let before = mixed(0x811c9dc5, 0x1000);
  let after = mixed(0x811c9dc5, 0x2000);
  for (let n = 1; n <= CONTEXT; n++) {
    if (middle - n >= 0) {
      before = mixed(before, around.charCodeAt(middle - n));
      add(before);
    }
    if (middle + n <= around.length) {
      after = mixed(after, around.charCodeAt(middle + n - 1));
      add(after);
    }
  }
  const stretch = (from: number, to: number, start: number) => {
    let hash = mixed(0x811c9dc5, start);
    for (let i = from; i < to; i++) hash = mixed(hash, around.charCodeAt(i));
    add(hash);
  };
  stretch(middle - 1, middle + 1, 0x3000);
  stretch(middle - 2, middle + 2, 0x4000);
  stretch(0, middle, 0x5000);
  stretch(middle, around.length, 0x6000);
  const left = word.slice(0, at);
  const knowsLeft = words.has(left) ? 1 : words.has(left.slice(0, -1)) ? 2 : 0;
  const knowsRight = words.has(word.slice(at)) ? 1 : 0;
  for (const value of [0, Math.min(7, at), Math.min(7, word.length - at)]) numbered(value);
  for (const value of [2 * knowsLeft + knowsRight, knowsLeft, knowsRight]) numbered(value);
  return Int32Array.from(found);
}

function mixed(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193);
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
