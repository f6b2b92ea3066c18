import { CurveRecorder, learnMerges } from './bpe';
import { MergeLearner } from './merge-learner';
import type { PointWords } from './seed-pieces';
import type { CurvePoint, Training } from './steps';

/** Marks a token that continues a word. */
export const CONTINUING = '##';

export interface WordPieceSettings {
  /** Tokens in all: special ones, characters and longer pieces. */
  readonly vocabularySize: number;
  readonly minFrequency: number;
  readonly special: readonly string[];
  /** The most frequent characters; rarer ones are unknown. */
  readonly characters: number;
}

/** A trained WordPiece vocabulary. */
export interface TrainedWordPiece {
  /** Every token by id, special ones first. */
  readonly names: readonly string[];
  readonly special: readonly string[];
  readonly curve: readonly CurvePoint[];
}

/**
 * A WordPiece vocabulary by merges of the most frequent pairs, as Hugging Face's trainer makes it: BERT's own trainer
 * was never published. Characters inside a word are symbols of their own, with ## before them. Ids of characters follow
 * their code points, which that trainer leaves to chance.
 */
export function* trainWordPiece(words: PointWords, settings: WordPieceSettings): Training<TrainedWordPiece> {
  const { special, vocabularySize, minFrequency } = settings;
  const kept = mostFrequent(words, settings.characters);
  const first = new Map<number, number>();
  const inner = new Map<number, number>();
  const names = [...special];
  const inside = new Set<number>();
  const { points, starts, counts } = words;
  for (let word = 0; word < counts.length; word++) {
    for (let at = starts[word]! + 1; at < starts[word + 1]!; at++) inside.add(points[at]!);
  }
  for (const point of kept) first.set(point, names.push(String.fromCodePoint(point)) - 1);
  for (const point of kept) {
    if (inside.has(point)) inner.set(point, names.push(CONTINUING + String.fromCodePoint(point)) - 1);
  }
  const ids = new Int32Array(points.length);
  const ends = new Uint32Array(counts.length + 1);
  let size = 0;
  for (let word = 0; word < counts.length; word++) {
    for (let at = starts[word]!; at < starts[word + 1]!; at++) {
      const id = (at === starts[word] ? first : inner).get(points[at]!);
      if (id !== undefined) ids[size++] = id;
    }
    ends[word + 1] = size;
  }
  const join = (left: string, right: string) =>
    left + (right.startsWith(CONTINUING) ? right.slice(2) : right);
  const learner = MergeLearner.of(
    { ids: ids.slice(0, size), starts: ends, counts },
    { names, minFrequency, join },
  );
  const curve = new CurveRecorder();
  yield* learnMerges(learner, names, vocabularySize, [], curve);
  return { names, special, curve: curve.points };
}

/** Characters by code point. */
function mostFrequent({ points, starts, counts }: PointWords, limit: number): number[] {
  const often = new Map<number, number>();
  for (let word = 0; word < counts.length; word++) {
    for (let at = starts[word]!; at < starts[word + 1]!; at++) {
      often.set(points[at]!, (often.get(points[at]!) ?? 0) + counts[word]!);
    }
  }
  return [...often]
    .sort(([a, countA], [b, countB]) => countB - countA || a - b)
    .slice(0, limit)
    .map(([point]) => point)
    .sort((a, b) => a - b);
}
