import type { LinearProgram } from '../linear-program';
import type { History } from './history';
import { PairQueue } from './pair-queue';

/** New competitors of one merge that a pass takes, and of all merges after which it stops (as in the official code). */
const COMPETITORS = 10;
const ROWS = 100;

/** Counts are in parts of this, so that the solver's tolerances are far below them. */
const SCALE = 1e5;
/** By how much a competitor must be more frequent to count, in parts of `SCALE`. */
const TOLERANCE = 1e-3;

/** What the first merges of a tokenizer say of its mixture. */
export interface Guess {
  /** Merges that were looked at. */
  readonly merges: number;
  /** By text; they sum to 1. */
  readonly shares: readonly number[];
  /** Constraints that were needed. */
  readonly rows: number;
}

/**
 * Data mixture inference (paper, section 3): the shares α under which every merge was the most frequent pair when it was
 * made. With c the counts of a pair in each text before merge t, m the pair that was merged, and p any other:
 *
 *     minimise Σ v_t + Σ u_p,   Σ_i α_i (c_i,m − c_i,p) + v_t + u_p ≥ 0,   Σ α = 1,   α, u, v ≥ 0.
 *
 * There are far too many constraints to write down: those that the present α breaks are added until none is broken.
 * Yields a guess at each of `sizes`, undefined in between.
 * @param sizes numbers of merges, ascending
 */
export function* infer(
  history: History,
  program: LinearProgram,
  sizes: readonly number[],
): Generator<Guess | undefined> {
  const { texts } = history;
  const shares = Array.from({ length: texts }, () => program.addVariable(0, 1));
  program.addRow(
    shares,
    shares.map(() => 1),
    1,
    1,
  );
  const slackOfMerge = new Map<number, number>();
  const slackOfPair = new Map<number, number>();
  const known = new Set<string>();
  const slack = (slacks: Map<number, number>, key: number) => {
    let variable = slacks.get(key);
    if (variable === undefined) {
      variable = program.addVariable(1);
      slacks.set(key, variable);
    }
    return variable;
  };
  let values = new Float64Array(texts).fill(1 / texts);
  for (const size of sizes) {
    for (;;) {
      const broken = findBroken(history, size, {
        shares: values.subarray(0, texts),
        ofMerge: (t) => values[slackOfMerge.get(t) ?? -1] ?? 0,
        ofPair: (pair) => values[slackOfPair.get(pair) ?? -1] ?? 0,
        isKnown: (t, pair) => known.has(`${t} ${pair}`),
      });
      if (broken.length === 0) break;
      for (const { t, pair, differences } of broken) {
        known.add(`${t} ${pair}`);
        const variables = [...shares, slack(slackOfMerge, t), slack(slackOfPair, pair)];
        program.addRow(variables, [...differences, 1, 1], 0);
      }
      values = new Float64Array(program.solve());
      yield undefined;
    }
    yield { merges: size, shares: Array.from(values.subarray(0, texts)), rows: known.size };
  }
}

/** The present solution. */
interface Present {
  readonly shares: Float64Array;
  ofMerge(t: number): number;
  ofPair(pair: number): number;
  isKnown(t: number, pair: number): boolean;
}

interface BrokenRow {
  readonly t: number;
  readonly pair: number;
  /** By text: the count of the merged pair less that of the competitor, scaled. */
  readonly differences: readonly number[];
}

/** Competitors that were more frequent than the pair that was merged, under the present shares. */
function findBroken(history: History, merges: number, present: Present): readonly BrokenRow[] {
  const { texts, changes } = history;
  const counts = new Float64Array(history.size * texts);
  const mixture = new Float64Array(history.size);
  const queue = new PairQueue(mixture);
  const rows: BrokenRow[] = [];
  for (let t = 0; t < merges; t++) {
    const { pairs, amounts } = changes[t]!;
    pairs.forEach((pair, i) => {
      let sum = 0;
      for (let text = 0; text < texts; text++) {
        counts[pair * texts + text]! += SCALE * amounts[i * texts + text]!;
        sum += present.shares[text]! * counts[pair * texts + text]!;
      }
      queue.change(pair, sum);
    });
    const merged = history.merges[t]!;
    const bar = mixture[merged]! + present.ofMerge(t) + TOLERANCE;
    const looked: number[] = [];
    let found = 0;
    for (let pair = queue.first(); found < COMPETITORS && mixture[pair]! > bar; pair = queue.first()) {
      queue.drop();
      looked.push(pair);
      if (pair === merged || mixture[pair]! <= bar + present.ofPair(pair) || present.isKnown(t, pair))
        continue;
      found++;
      const differences = Array.from(
        { length: texts },
        (_, text) => counts[merged * texts + text]! - counts[pair * texts + text]!,
      );
      rows.push({ t, pair, differences });
    }
    for (const pair of looked) queue.add(pair);
    if (rows.length >= ROWS) break;
  }
  return rows;
}
