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

/**
 * The shares of test texts that a multinomial naive Bayes classifier labels rightly after it has learned from the first
 * texts: tokens count as often as they occur, and each of the vocabulary once more than it was seen. One label a text,
 * so this is the micro-averaged F1. Yields after each point.
 * @param learned numbers of training texts, ascending
 * @param vocabulary one more than the largest token
 */
export function* learningCurve(
  texts: readonly Labelled[],
  { train, test }: Draw,
  learned: readonly number[],
  vocabulary: number,
): Generator<void, number[]> {
  const labels = Math.max(...texts.map(({ label }) => label)) + 1;
  const counts = new Uint32Array(labels * vocabulary);
  const totals = new Float64Array(labels);
  const priors = new Float64Array(labels);
  const curve: number[] = [];
  let at = 0;
  let most = 0;
  for (const until of learned) {
    for (; at < until; at++) {
      const { label, tokens } = texts[train[at]!]!;
      priors[label]!++;
      totals[label]! += tokens.length;
      for (const token of tokens) most = Math.max(most, ++counts[label * vocabulary + token]!);
    }
    const logs = Float64Array.from({ length: most + 1 }, (_, count) => Math.log(count + 1));
    let right = 0;
    for (const text of test) {
      const { label, tokens } = texts[text]!;
      let best = 0;
      let bestScore = Number.NEGATIVE_INFINITY;
      for (let one = 0; one < labels; one++) {
        const from = one * vocabulary;
        let score = Math.log(priors[one]! + 1) - tokens.length * Math.log(totals[one]! + vocabulary);
        for (const token of tokens) score += logs[counts[from + token]!]!;
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
