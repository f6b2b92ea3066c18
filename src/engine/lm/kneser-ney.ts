import { throwIfAborted } from '../../core/errors';
import { runInSlices } from '../../tokenizers/slices';
import type { Continuation, LanguageModel, LmVocabulary, Prefix } from './language-model';
import { type ContextLevel, countNgrams } from './ngram-counts';

export interface NgramOptions {
  /** Tokens of an n-gram, 1 or more. */
  readonly order: number;
  readonly signal?: AbortSignal | undefined;
  /** Receives the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Trains an n-gram model with interpolated modified Kneser-Ney smoothing (Kneser and Ney 1995; Chen and Goodman 1998,
 * section 3). Exact and the same everywhere for the same texts; every token of the vocabulary has some probability, as the
 * shortest contexts are interpolated with the uniform distribution.
 * @param texts tokens; each text begins at a start of its own
 * @throws TokenoscopeError `aborted`
 */
export async function trainNgram(
  texts: readonly ArrayLike<number>[],
  vocabulary: LmVocabulary,
  { order, signal, onProgress }: NgramOptions,
): Promise<KneserNey> {
  const counting = countNgrams(texts, vocabulary.size, order);
  let levels: readonly ContextLevel[] | undefined;
  const step = () => {
    const { done, value } = counting.next();
    if (!done) return value;
    levels = value;
    return 1;
  };
  await runInSlices(step, { ...(signal && { signal }), ...(onProgress && { onProgress }) });
  return new KneserNey(vocabulary, levels!);
}

/** What is taken from counts of 1, of 2, and of 3 or more. */
type Discounts = readonly [number, number, number];

interface Smoothed extends ContextLevel {
  readonly discounts: Discounts;
  /** The sum of the counts of each context. */
  readonly totals: Float64Array;
  /** The share that each context leaves to the shorter one. */
  readonly left: Float64Array;
}

/** Work between two looks at the signal. */
const STRIDE = 256;

/** An interpolated Kneser-Ney model. */
export class KneserNey implements LanguageModel {
  readonly vocabulary: LmVocabulary;
  readonly #levels: readonly Smoothed[];

  constructor(vocabulary: LmVocabulary, levels: readonly ContextLevel[]) {
    this.vocabulary = vocabulary;
    this.#levels = levels.map(smoothed);
  }

  /** Tokens of an n-gram. */
  get order(): number {
    return this.#levels.length;
  }

  async next(prefixes: readonly Prefix[], signal?: AbortSignal): Promise<readonly Float64Array[]> {
    throwIfAborted(signal);
    return prefixes.map((prefix) => this.distribution(prefix));
  }

  async score(
    continuations: readonly Continuation[],
    signal?: AbortSignal,
  ): Promise<readonly Float64Array[]> {
    throwIfAborted(signal);
    const all = continuations.map(({ ids }) => new Float64Array(ids.length));
    let [turn, at, prefix] = [0, 0, continuations[0]?.prefix];
    const step = () => {
      for (let i = 0; i < STRIDE && turn < continuations.length; i++) {
        const { ids } = continuations[turn]!;
        if (at < ids.length) {
          const id = ids[at]!;
          all[turn]![at++] = Math.log2(this.probability(prefix!, id));
          prefix = { before: prefix, id, length: prefix!.length + 1 };
        } else {
          turn++;
          at = 0;
          prefix = continuations[turn]?.prefix;
        }
      }
      return turn < continuations.length ? 0 : 1;
    };
    if (continuations.length > 0) await runInSlices(step, signal ? { signal } : {});
    return all;
  }

  /** The distribution of the token that follows a prefix, at once. */
  distribution(prefix: Prefix): Float64Array {
    const { size } = this.vocabulary;
    const found = new Float64Array(size).fill(1 / size);
    this.#along(prefix, (level, node) => {
      const left = level.left[node]!;
      for (let i = 0; i < size; i++) found[i]! *= left;
      const total = level.totals[node]!;
      const end = level.starts[node + 1]!;
      for (let i = level.starts[node]!; i < end; i++) {
        found[level.followers[i]!]! += discounted(level, i) / total;
      }
    });
    return found;
  }

  /** The probability of one token behind a prefix, at once. */
  probability(prefix: Prefix, id: number): number {
    let found = 1 / this.vocabulary.size;
    this.#along(prefix, (level, node) => {
      const at = search(level.followers, id, level.starts[node]!, level.starts[node + 1]!);
      found = found * level.left[node]! + (at < 0 ? 0 : discounted(level, at) / level.totals[node]!);
    });
    return found;
  }

  /** Visits the contexts of a prefix that were met in training, the shortest first. */
  #along(prefix: Prefix, visit: (level: Smoothed, node: number) => void): void {
    let node = 0;
    let at: Prefix | undefined = prefix;
    for (const [length, level] of this.#levels.entries()) {
      if (length > 0) {
        const { children } = this.#levels[length - 1]!;
        const token: number = at?.before ? at.id : this.vocabulary.size;
        node = search(level.tokens, token, children[node]!, children[node + 1]!);
        if (node < 0) return;
        at = at?.before;
      } else if (level.tokens.length === 0) return;
      visit(level, node);
    }
  }
}

function discounted({ counts, discounts }: Smoothed, at: number): number {
  const count = counts[at]!;
  return count - discounts[Math.min(count, 3) - 1]!;
}

function smoothed(level: ContextLevel): Smoothed {
  const discounts = discountsOf(level.counts);
  const contexts = level.tokens.length;
  const totals = new Float64Array(contexts);
  const left = new Float64Array(contexts);
  for (let node = 0; node < contexts; node++) {
    let taken = 0;
    for (let i = level.starts[node]!; i < level.starts[node + 1]!; i++) {
      totals[node]! += level.counts[i]!;
      taken += discounts[Math.min(level.counts[i]!, 3) - 1]!;
    }
    left[node] = taken / totals[node]!;
  }
  return { ...level, discounts, totals, left };
}

/** Where counts of counts do not give discounts (a text of one letter has none that occur once), these serve. */
const FALLBACK: Discounts = [0.5, 1, 1.5];

/** Chen and Goodman's discounts, from how many counts are 1, 2, 3 and 4. */
function discountsOf(counts: Int32Array): Discounts {
  const of = [0, 0, 0, 0, 0];
  for (const count of counts) if (count <= 4) of[count]!++;
  const [, n1, n2, n3, n4] = of as [number, number, number, number, number];
  if (n1 === 0 || n2 === 0 || n3 === 0 || n4 === 0) return FALLBACK;
  const y = n1 / (n1 + 2 * n2);
  const found: Discounts = [1 - (2 * y * n2) / n1, 2 - (3 * y * n3) / n2, 3 - (4 * y * n4) / n3];
  return found.every((discount, i) => discount > 0 && discount <= i + 1) ? found : FALLBACK;
}

/** The place of a value between two places of an ascending list; -1 where it is not. */
function search(values: Int32Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low < to && values[low] === value ? low : -1;
}
