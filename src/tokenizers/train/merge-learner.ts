import { drain, type Steps } from '../files/steps';
import { type Candidate, CandidateQueue } from './merge-queue';
import { PairCounts } from './pair-counts';
import { PlaceLists } from './place-lists';
import type { SymbolWords } from './symbol-words';

/** Symbols whose pairs are counted in a step: a few milliseconds. */
const STEP = 8192;

/** A merge that was learned: two symbols, and what they become. */
export interface LearnedMerge {
  readonly left: number;
  readonly right: number;
  readonly merged: number;
  /** How often the pair occurred. */
  readonly count: number;
}

export interface MergeLearnerOptions {
  /** Names of the symbols so far, by id; names of new symbols are added. Two pairs that spell the same name share an id. */
  readonly names: string[];
  /** What two names become; appended where it is absent. */
  readonly join?: (left: string, right: string) => string;
  /** Least count of a pair; 0 and 1 are the same. */
  readonly minFrequency: number;
  /** False for a name that must not be made: its pair is dropped for good. */
  readonly allows?: (name: string) => boolean;
}

/**
 * Learns the merges of byte pair encoding (Sennrich et al. 2016, arXiv 1508.07909): the most frequent pair of
 * neighbours becomes a symbol, again and again. Equal counts are decided as in the trainer of Hugging Face's
 * `tokenizers`: the lower left id, then the lower right one; and as there, a pair counts as often as it was formed,
 * also where another pair has made the same symbol before.
 */
export class MergeLearner {
  readonly #ids: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** How often the word of each symbol occurs. */
  readonly #weights: Float64Array;
  readonly #pairs = new PairCounts();
  readonly #lists = new PlaceLists();
  readonly #queue = new CandidateQueue(this.#pairs);
  readonly #options: MergeLearnerOptions;
  readonly #idOf: Map<string, number>;
  /** Candidates that this merge forms, by slot. */
  readonly #formed = new Map<number, Candidate>();
  #symbols = 0;

  private constructor(ids: Int32Array, options: MergeLearnerOptions) {
    this.#options = options;
    this.#idOf = new Map(options.names.map((name, id) => [name, id]));
    this.#ids = ids;
    this.#next = new Int32Array(ids.length);
    this.#previous = new Int32Array(ids.length);
    this.#weights = new Float64Array(ids.length);
  }

  /** Counts the pairs of a corpus. Takes over `words.ids`, which it overwrites. */
  static of(words: SymbolWords, options: MergeLearnerOptions): MergeLearner {
    return drain(MergeLearner.inSteps(words, options));
  }

  /** The same in small steps. */
  static *inSteps(words: SymbolWords, options: MergeLearnerOptions): Steps<MergeLearner> {
    const { ids, starts, counts } = words;
    const learner = new MergeLearner(ids, options);
    for (let word = 0, told = 0; word < counts.length; word++) {
      const end = starts[word + 1]!;
      for (let from = starts[word]!; from < end; from += STEP) {
        const to = Math.min(end, from + STEP);
        learner.#link({ from, to, start: starts[word]!, end }, counts[word]!);
        if (to - told < STEP) continue;
        told = to;
        yield to / ids.length;
      }
    }
    learner.#offerFormed();
    return learner;
  }

  /** Symbols of the whole corpus now: tokens, each word as often as it occurs. */
  get symbols(): number {
    return this.#symbols;
  }

  /** The next merge, carried out everywhere; undefined where no pair is left that is frequent enough. */
  next(): LearnedMerge | undefined {
    const { names, minFrequency, allows, join } = this.#options;
    const pairs = this.#pairs;
    for (let top = this.#queue.pop(); top; top = this.#queue.pop()) {
      const count = pairs.count(top.slot);
      if (top.count !== count) {
        // Its neighbours have been merged meanwhile.
        top.count = count;
        this.#queue.push(top);
        continue;
      }
      if (count < Math.max(1, minFrequency)) return undefined;
      const left = pairs.left(top.slot);
      const right = pairs.right(top.slot);
      const name = join ? join(names[left]!, names[right]!) : names[left]! + names[right]!;
      if (allows && !allows(name)) {
        this.#drop(top);
        continue;
      }
      let merged = this.#idOf.get(name);
      if (merged === undefined) {
        merged = names.push(name) - 1;
        this.#idOf.set(name, merged);
      }
      this.#merge(top, left, right, merged);
      return { left, right, merged, count };
    }
    return undefined;
  }

  /** The words as they are now, without gaps. */
  words(starts: Uint32Array): Pick<SymbolWords, 'ids' | 'starts'> {
    const all = this.#ids;
    const ids = new Int32Array(all.length);
    const ends = new Uint32Array(starts.length);
    let size = 0;
    for (let word = 0; word + 1 < starts.length; word++) {
      for (let at = starts[word]!; at < starts[word + 1]!; at++) if (all[at]! >= 0) ids[size++] = all[at]!;
      ends[word + 1] = size;
    }
    return { ids: ids.slice(0, size), starts: ends };
  }

  /** Links the symbols from one place to another of a word, and counts their pairs. */
  #link({ from, to, start, end }: Record<'from' | 'to' | 'start' | 'end', number>, count: number): void {
    for (let at = from; at < to; at++) {
      this.#previous[at] = at === start ? -1 : at - 1;
      this.#next[at] = at + 1 === end ? -1 : at + 1;
      this.#weights[at] = count;
      this.#symbols += count;
      if (at + 1 < end) this.#form(at, this.#ids[at]!, this.#ids[at + 1]!, count);
    }
  }

  #merge(top: Candidate, left: number, right: number, merged: number): void {
    const ids = this.#ids;
    const next = this.#next;
    const previous = this.#previous;
    const pairs = this.#pairs;
    for (let cell = top.head; cell >= 0; cell = this.#lists.take(cell)) {
      const at = this.#lists.place(cell);
      const second = ids[at] === left ? next[at]! : -1;
      if (second < 0 || ids[second] !== right) continue;
      const weight = this.#weights[at]!;
      const before = previous[at]!;
      const after = next[second]!;
      this.#symbols -= weight;
      ids[at] = merged;
      ids[second] = -1;
      next[at] = after;
      if (before >= 0) {
        pairs.add(ids[before]!, left, -weight);
        this.#form(before, ids[before]!, merged, weight);
      }
      if (after >= 0) {
        previous[after] = at;
        pairs.add(right, ids[after]!, -weight);
        this.#form(at, merged, ids[after]!, weight);
      }
    }
    this.#offerFormed();
  }

  /** Counts a new pair at `place`, where its left symbol stands. */
  #form(place: number, left: number, right: number, weight: number): void {
    const slot = this.#pairs.add(left, right, weight);
    const known = this.#formed.get(slot);
    if (known) known.tail = this.#lists.append(known.tail, place);
    else {
      const cell = this.#lists.append(-1, place);
      this.#formed.set(slot, { slot, count: 0, head: cell, tail: cell });
    }
  }

  #offerFormed(): void {
    for (const candidate of this.#formed.values()) {
      candidate.count = this.#pairs.count(candidate.slot);
      if (candidate.count > 0) this.#queue.push(candidate);
      else this.#drop(candidate);
    }
    this.#formed.clear();
  }

  #drop(candidate: Candidate): void {
    for (let cell = candidate.head; cell >= 0; ) cell = this.#lists.take(cell);
  }
}
