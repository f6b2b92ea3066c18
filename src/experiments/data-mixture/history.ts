import type { LearnedMerge } from '../../tokenizers/train/merge-learner';
import { PairCounts } from '../../tokenizers/train/pair-counts';
import type { SymbolWords } from '../../tokenizers/train/symbol-words';

/** A merge of a tokenizer, by symbols. */
export type Merge = Pick<LearnedMerge, 'left' | 'right' | 'merged'>;

/** The counts of pairs that one merge changes. */
export interface Changes {
  /** Slots of pairs, with one change each per text in `amounts`. */
  readonly pairs: Int32Array;
  /** By pair, then by text; parts of all pairs that the text began with. */
  readonly amounts: Float64Array;
}

/**
 * How often every pair occurs in every text before each merge of a tokenizer, as a share of the text's pairs at the start
 * (paper, section 3): the counts at the start, and what each merge changes of them.
 */
export interface History {
  readonly texts: number;
  /** Pairs that ever occur. */
  readonly size: number;
  /** Slot of each merge's pair. */
  readonly merges: Int32Array;
  /** What the counts are before the first merge, as changes from 0; then what each merge changes. */
  readonly changes: readonly Changes[];
}

/**
 * Applies the merges of a tokenizer to texts. Yields the share done.
 * @param before merges that are applied first and are no part of the history
 */
export function* historyOf(
  texts: readonly SymbolWords[],
  merges: readonly Merge[],
  before: readonly Merge[] = [],
): Generator<number, History> {
  const pairs = new PairCounts();
  const log = new ChangeLog(texts.length);
  const replays: Replay[] = [];
  for (const [i, words] of texts.entries()) {
    replays.push(new Replay(words, pairs, (slot, amount) => log.add(slot, i, amount)));
    yield 0;
  }
  const all = before.length + merges.length;
  for (const [t, merge] of before.entries()) {
    const slot = pairs.add(merge.left, merge.right, 0);
    for (const replay of replays) replay.merge(merge, slot);
    yield t / all;
  }
  const changes = [log.take()];
  const slots = new Int32Array(merges.length);
  for (const [t, merge] of merges.entries()) {
    slots[t] = pairs.add(merge.left, merge.right, 0);
    for (const replay of replays) replay.merge(merge, slots[t]);
    changes.push(log.take());
    yield (before.length + t + 1) / all;
  }
  return { texts: texts.length, size: pairs.size, merges: slots, changes };
}

/** Sums the changes of one step by pair and text. */
class ChangeLog {
  readonly #texts: number;
  #sums = new Map<number, Float64Array>();

  constructor(texts: number) {
    this.#texts = texts;
  }

  add(slot: number, text: number, amount: number): void {
    let sums = this.#sums.get(slot);
    if (!sums) {
      sums = new Float64Array(this.#texts);
      this.#sums.set(slot, sums);
    }
    sums[text]! += amount;
  }

  take(): Changes {
    const kept = [...this.#sums].filter(([, sums]) => sums.some((sum) => sum !== 0));
    this.#sums = new Map();
    const amounts = new Float64Array(kept.length * this.#texts);
    for (const [i, [, sums]] of kept.entries()) amounts.set(sums, i * this.#texts);
    return { pairs: Int32Array.from(kept, ([slot]) => slot), amounts };
  }
}

/** A text in which merges are carried out. */
class Replay {
  readonly #ids: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** How much of all pairs one occurrence is, by symbol. */
  readonly #weights: Float64Array;
  readonly #pairs: PairCounts;
  readonly #tell: (slot: number, amount: number) => void;
  /** Where the left symbol of a pair stands, or has stood. */
  readonly #places = new Map<number, number[]>();

  constructor(
    { ids, starts, counts }: SymbolWords,
    pairs: PairCounts,
    tell: (slot: number, amount: number) => void,
  ) {
    this.#ids = ids.slice();
    this.#next = new Int32Array(ids.length);
    this.#previous = new Int32Array(ids.length);
    this.#weights = new Float64Array(ids.length);
    this.#pairs = pairs;
    this.#tell = tell;
    let total = 0;
    for (let word = 0; word < counts.length; word++)
      total += counts[word]! * Math.max(0, starts[word + 1]! - starts[word]! - 1);
    for (let word = 0; word < counts.length; word++) {
      const end = starts[word + 1]!;
      for (let at = starts[word]!; at < end; at++) {
        this.#previous[at] = at === starts[word]! ? -1 : at - 1;
        this.#next[at] = at + 1 === end ? -1 : at + 1;
        this.#weights[at] = counts[word]! / total;
        if (at + 1 < end) this.#form(at, ids[at]!, ids[at + 1]!);
      }
    }
  }

  merge({ left, right, merged }: Merge, slot: number): void {
    const ids = this.#ids;
    const places = this.#places.get(slot);
    if (!places) return;
    this.#places.delete(slot);
    for (const at of places) {
      const second = ids[at] === left ? this.#next[at]! : -1;
      if (second < 0 || ids[second] !== right) continue;
      const weight = this.#weights[at]!;
      const before = this.#previous[at]!;
      const after = this.#next[second]!;
      this.#tell(slot, -weight);
      ids[at] = merged;
      ids[second] = -1;
      this.#next[at] = after;
      if (before >= 0) {
        this.#tell(this.#pairs.add(ids[before]!, left, 0), -weight);
        this.#form(before, ids[before]!, merged);
      }
      if (after >= 0) {
        this.#previous[after] = at;
        this.#tell(this.#pairs.add(right, ids[after]!, 0), -weight);
        this.#form(at, merged, ids[after]!);
      }
    }
  }

  #form(at: number, left: number, right: number): void {
    const slot = this.#pairs.add(left, right, 0);
    this.#tell(slot, this.#weights[at]!);
    const places = this.#places.get(slot);
    if (places) places.push(at);
    else this.#places.set(slot, [at]);
  }
}
