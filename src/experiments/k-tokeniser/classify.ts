/** A labelled text as a bag of tokens. */
export interface Labelled {
  readonly label: number;
  readonly tokens: Uint32Array;
}

/** Which texts are learned from, in order, and which are tested. */
export interface Draw {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/**
 * Draws a third of the subjects for testing, all texts of a subject together, and shuffles the rest.
 * @param groups the subject of each text
 * @param random whole numbers from 0 to 2^32 - 1
 */
export function drawOf(groups: readonly string[], random: () => number): Draw {
  const shuffled = <T>(items: T[]): T[] => {
    for (let i = items.length - 1; i > 0; i--) {
      const j = Math.floor((random() / 2 ** 32) * (i + 1));
      [items[i], items[j]] = [items[j]!, items[i]!];
    }
    return items;
  };
  const subjects = shuffled([...new Set(groups)]);
  const tested = new Set(subjects.slice(0, Math.round(subjects.length / 3)));
  const all = shuffled([...groups.keys()]);
  return {
    train: all.filter((text) => !tested.has(groups[text]!)),
    test: all.filter((text) => tested.has(groups[text]!)),
  };
}

/** Where tokens start from that the base does not have: step 5 of K-Tokeniser, for bags of tokens. */
export interface Start {
  /** The texts in tokens of the base. */
  readonly texts: readonly Labelled[];
  /** One more than the largest token of these. */
  readonly vocabulary: number;
  /** The base tokens of each new token. */
  readonly pieces: ReadonlyMap<number, readonly number[]>;
}

/**
 * The shares of test texts that a multinomial naive Bayes classifier labels rightly after it has learned from the first
 * texts: tokens count as often as they occur, and each of the vocabulary once more than it was seen. One label a text,
 * so this is the micro-averaged F1. Yields after each point.
 * @param learned numbers of training texts, ascending
 * @param vocabulary one more than the largest token
 * @param start new tokens count not once more, but as often as the mean of their pieces is more frequent with the label
 */
export function* learningCurve(
  texts: readonly Labelled[],
  { train, test }: Draw,
  learned: readonly number[],
  vocabulary: number,
  start?: Start,
): Generator<void, number[]> {
  const labels = Math.max(...texts.map(({ label }) => label)) + 1;
  const counts = new Counts(labels, vocabulary);
  const base = start && new Counts(labels, start.vocabulary);
  const priors = new Float64Array(labels);
  const curve: number[] = [];
  let at = 0;
  for (const until of learned) {
    for (; at < until; at++) {
      const text = train[at]!;
      priors[texts[text]!.label]!++;
      counts.add(texts[text]!);
      if (start) base!.add(start.texts[text]!);
    }
    const scores = counts.scores(start && startCounts(labels, base!, start));
    let right = 0;
    for (const text of test) {
      const { label, tokens } = texts[text]!;
      let best = 0;
      let bestScore = Number.NEGATIVE_INFINITY;
      for (let one = 0; one < labels; one++) {
        const from = one * vocabulary;
        let score = Math.log(priors[one]! + 1);
        for (const token of tokens) score += scores[from + token]!;
        if (score > bestScore) {
          bestScore = score;
          best = one;
        }
      }
      if (best === label) right++;
    }
    curve.push(test.length === 0 ? 0 : right / test.length);
    yield;
  }
  return curve;
}

/** How often tokens occur with each label. */
class Counts {
  readonly #vocabulary: number;
  readonly #counts: Float64Array;
  readonly #totals: Float64Array;

  constructor(labels: number, vocabulary: number) {
    this.#vocabulary = vocabulary;
    this.#counts = new Float64Array(labels * vocabulary);
    this.#totals = new Float64Array(labels);
  }

  add({ label, tokens }: Labelled): void {
    this.#totals[label]! += tokens.length;
    for (const token of tokens) this.#counts[label * this.#vocabulary + token]!++;
  }

  /** The token's share among those of the label, each counted once more. */
  share(label: number, token: number): number {
    return (this.#counts[label * this.#vocabulary + token]! + 1) / (this.#totals[label]! + this.#vocabulary);
  }

  /** Logarithms of all shares, by label, then by token. @param more by token: what is added instead of 1, by label */
  scores(more: ReadonlyMap<number, readonly number[]> = new Map()): Float64Array {
    const result = this.#counts.map((count) => count + 1);
    const totals = this.#totals.map((total) => total + this.#vocabulary);
    for (const [token, byLabel] of more) {
      for (const [label, start] of byLabel.entries()) {
        result[label * this.#vocabulary + token]! += start - 1;
        totals[label]! += start - 1;
      }
    }
    for (let i = 0; i < result.length; i++) {
      result[i] = Math.log(result[i]! / totals[Math.floor(i / this.#vocabulary)]!);
    }
    return result;
  }
}

/** By new token, by label: the mean, over its pieces, of the piece's share with the label by its mean share. */
function startCounts(labels: number, base: Counts, { pieces }: Start): Map<number, number[]> {
  const all = Array.from({ length: labels }, (_, label) => label);
  return new Map(
    [...pieces].map(([token, parts]) => {
      const shares = parts.map((part) => all.map((label) => base.share(label, part)));
      const lifts = shares.map((some) => {
        const mean = some.reduce((sum, share) => sum + share, 0) / labels;
        return some.map((share) => share / mean);
      });
      return [token, all.map((label) => lifts.reduce((sum, lift) => sum + lift[label]!, 0) / parts.length)];
    }),
  );
}
