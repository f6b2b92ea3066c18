import { byteAlphabet, byteWords } from './byte-symbols';
import { MergeLearner } from './merge-learner';
import { type CurvePoint, relayed, type Training } from './steps';
import type { WordCounts } from './word-counts';

/** Merges between two steps. */
const STEP = 32;

export interface BpeSettings {
  /** Tokens in all: special ones, bytes and merges. */
  readonly vocabularySize: number;
  /** A pair must occur this often to be merged. */
  readonly minFrequency: number;
  /** All 256 bytes, or those of the corpus only. */
  readonly alphabet: 'all' | 'seen';
  /** Tokens that come first and that no text produces. */
  readonly special: readonly string[];
}

/** A trained byte-level BPE. */
export interface TrainedMerges {
  /** Every token by id, special ones first, then in byte letters (byte-letters.ts). */
  readonly names: readonly string[];
  readonly special: readonly string[];
  /** In order of rank; ids. Several pairs may spell the same token. */
  readonly merges: readonly (readonly [left: number, right: number])[];
  /** Tokens of the corpus against vocabulary size, from the bytes on. */
  readonly curve: readonly CurvePoint[];
}

/**
 * Byte-level BPE (Sennrich et al. 2016; bytes as in GPT-2), as the trainer of Hugging Face's `tokenizers` learns it:
 * the same merges in the same order from the same counts.
 * @param counts pieces of the corpus, as the pre-tokenizer divides it
 */
export function* trainBpe(counts: WordCounts, settings: BpeSettings): Training<TrainedMerges> {
  const { special, vocabularySize, minFrequency } = settings;
  const alphabet = byteAlphabet(settings.alphabet === 'seen' ? counts : undefined);
  const names = [...special, ...alphabet.names];
  const words = byteWords(counts, alphabet, special.length);
  const vocabulary = names.length;
  const learner = yield* relayed(MergeLearner.inSteps(words, { names, minFrequency }), () => ({
    phase: 'merging',
    share: 0,
    vocabulary,
  }));
  const merges: [number, number][] = [];
  const curve = new CurveRecorder();
  yield* learnMerges(learner, names, vocabularySize, merges, curve);
  return { names, special, merges, curve: curve.points };
}

/** Learns merges until the vocabulary has its size or no pair is frequent enough. */
export function* learnMerges(
  learner: MergeLearner,
  names: readonly string[],
  vocabularySize: number,
  merges: [number, number][],
  curve: CurveRecorder,
): Training<void> {
  const first = names.length;
  curve.add(first, learner.symbols);
  for (let turn = 0; names.length < vocabularySize; turn++) {
    const merge = learner.next();
    if (!merge) break;
    merges.push([merge.left, merge.right]);
    if (turn % STEP !== 0) continue;
    curve.add(names.length, learner.symbols);
    const share = (names.length - first) / Math.max(1, vocabularySize - first);
    yield { phase: 'merging', share, vocabulary: names.length, tokens: learner.symbols };
  }
  curve.add(names.length, learner.symbols);
}

/** Keeps the points of a curve at evenly growing sizes. */
export class CurveRecorder {
  readonly points: CurvePoint[] = [];

  add(vocabulary: number, tokens: number): void {
    const last = this.points.at(-1);
    if (last?.vocabulary === vocabulary) this.points.pop();
    // Half a percent apart: a curve over any number of merges has under two thousand points.
    else if (last && this.points.length > 1 && vocabulary < this.points.at(-2)!.vocabulary * 1.005 + 1)
      this.points.pop();
    this.points.push({ vocabulary, tokens });
  }
}
