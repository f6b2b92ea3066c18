import type { TokenSequence } from '../../core/text/token-sequence';
import type { BestSegmentations, MergePosition } from '../../core/text/vocabulary-cut';
import type { Steps } from '../files/steps';
import { SpanWriter } from '../token-writer';
import type { CutText } from './cut-text';
import type { WordTokens } from './cut-words';
import type { Growth } from './growth';
import type { MergeHistories } from './merge-histories';
import type { Numbers } from './numbers';
import { type NamedMerges, playedMerges } from './played-merges';

/** Words between two steps. */
const STEP = 4096;

/** The words of a text in order, and how their places become bytes of the original. */
export interface Occurrences {
  /** Of each word two numbers: which one it is, and its place. An added token is -1 less its number, without a place. */
  readonly sequence: Numbers;
  /** Added tokens: id, start, end. */
  readonly added: Numbers;
  readonly startOf: (place: number) => number;
  readonly endOf: (place: number) => number;
}

/** What a `WordText` is made of. */
export interface WordTextParts {
  readonly growth: Growth;
  readonly words: WordTokens;
  /** Where nothing merges there are none. */
  readonly histories?: MergeHistories | undefined;
  /** How many distinct words there are. */
  readonly count: number;
  readonly occurrences: Occurrences;
  readonly naming: NamedMerges;
  /** What a post-processor changes about the tokens. */
  readonly finish?: ((tokens: TokenSequence) => TokenSequence) | undefined;
  readonly best?: CutText['best'] | undefined;
}

/** A text as a sequence of words, each of which is cut once however often it occurs. */
export class WordText implements CutText {
  readonly #parts: WordTextParts;
  /** How often each word occurs. */
  readonly #times: Uint32Array;
  #played: ReturnType<typeof playedMerges> | undefined;

  constructor(parts: WordTextParts) {
    this.#parts = parts;
    this.#times = new Uint32Array(parts.count);
    const { sequence } = parts.occurrences;
    for (let i = 0; i < sequence.length; i += 2) if (sequence.at(i) >= 0) this.#times[sequence.at(i)]!++;
  }

  *count(size: number): Steps<number> {
    const { growth, words, occurrences } = this.#parts;
    const limit = growth.limitAt(size);
    let sum = occurrences.added.length / 3;
    for (let word = 0; word < this.#times.length; word++) {
      sum += this.#times[word]! * words.count(word, limit);
      if (word % STEP === STEP - 1) yield word / this.#times.length;
    }
    return sum;
  }

  *tokens(size: number): Steps<TokenSequence> {
    const { growth, words, occurrences, finish } = this.#parts;
    const { sequence, added, startOf, endOf } = occurrences;
    const limit = growth.limitAt(size);
    const out = new SpanWriter(sequence.length);
    let place = 0;
    const emit = (id: number, from: number, to: number) =>
      out.push(id, startOf(place + from), endOf(place + to));
    for (let i = 0; i < sequence.length; i += 2) {
      const word = sequence.at(i);
      place = sequence.at(i + 1);
      if (word >= 0) words.write(word, limit, emit);
      else {
        const at = -3 * (word + 1);
        out.push(added.at(at), added.at(at + 1), added.at(at + 2));
      }
      if (i % (2 * STEP) === 2 * STEP - 2) yield i / sequence.length;
    }
    const tokens = out.finish();
    return finish ? finish(tokens) : tokens;
  }

  *position(size: number): Steps<MergePosition | undefined> {
    const { histories, growth, naming } = this.#parts;
    if (!histories) return undefined;
    if (!this.#played) {
      yield 0;
      this.#played = playedMerges(histories, this.#times, growth, naming);
    }
    return this.#played(size);
  }

  best(size: number, at: number, count: number): BestSegmentations | undefined {
    return this.#parts.best?.(size, at, count);
  }
}
