import type { AlignedText } from '../aligned-text';
import { drain, type Steps } from '../files/steps';
import type { BpeModel } from '../models/bpe';
import { utf8LengthOfLead } from '../models/utf8-points';
import type { Vocabulary } from '../vocabulary';
import type { CutWords, ModelCut } from './cut-words';
import { Growth, NO_LIMIT } from './growth';
import { ALWAYS, MergeHistories } from './merge-histories';

/**
 * Cuts of a vocabulary with a list of merges. A token comes in with the first merge that makes it; further merges that
 * make the same come with their own place in the list. Single characters and what no merge makes are in every cut.
 * @param entries of the whole vocabulary, added tokens among them
 */
export function bpeCut(model: BpeModel, entries: number): ModelCut {
  const { vocabulary } = model;
  /** By id: the rank of the first merge that makes it. */
  const births = new Int32Array(vocabulary.size).fill(NO_LIMIT);
  let list = 0;
  model.merges.forEach((rank, merged) => {
    births[merged] = Math.min(births[merged]!, rank);
    list = Math.max(list, rank + 1);
  });
  for (let id = 0; id < births.length; id++) {
    if (births[id] === NO_LIMIT || isSingle(vocabulary, id)) births[id] = ALWAYS;
  }
  const growth = new Growth('merges', entries, births.filter((rank) => rank !== ALWAYS).sort());
  return {
    growth,
    naming: { bytesOf: (id) => vocabulary.bytesOf(id), numberOf: (rank) => rank + 1 },
    mergesAt: (limit) => Math.min(limit, list),
    begin: () => new BpeWords(model, births),
  };
}

class BpeWords implements CutWords {
  readonly histories = new MergeHistories();
  readonly #model: BpeModel;
  readonly #births: Int32Array;

  constructor(model: BpeModel, births: Int32Array) {
    this.#model = model;
    this.#births = births;
  }

  wordEnd(points: Uint32Array, from: number): number {
    return this.#model.wordEnd(points, from);
  }

  *add(word: AlignedText): Steps<void> {
    const { histories } = this;
    const steps = this.#model.traceSteps(word, (rank, id, left, right) =>
      histories.merge(rank, id, left, right),
    );
    const symbols = word.length < 256 ? drain(steps) : yield* steps;
    for (let i = 0; i < symbols.length; i += 3)
      histories.symbol(symbols[i]!, symbols[i + 1]!, symbols[i + 2]!);
    const whole = this.#model.wholeId(word);
    if (whole === undefined) histories.end(4 * word.length);
    else histories.end(4 * word.length, whole, this.#births[whole]!);
  }

  write(...args: Parameters<MergeHistories['write']>): void {
    this.histories.write(...args);
  }

  count(word: number, limit: number): number {
    return this.histories.count(word, limit);
  }
}

/** Whether a token is one character. */
export function isSingle({ pool, offsets }: Vocabulary, id: number): boolean {
  const start = offsets[id]!;
  const length = offsets[id + 1]! - start;
  return length > 0 && utf8LengthOfLead(pool[start]!) === length;
}
