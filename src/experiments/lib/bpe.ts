import { encodeUtf8 } from '../../core/text/utf8';
import { scannerFor } from '../../tokenizers/pretokenizers/scanner-for';
import { DEFAULT_PATTERN } from '../../tokenizers/train/defaults';
import { MergeLearner } from '../../tokenizers/train/merge-learner';
import { pointWords } from '../../tokenizers/train/point-words';
import { WordCounts } from '../../tokenizers/train/word-counts';

/** Merges between two steps. */
const STEP = 64;

/** What BPE needs for some sentences. */
export interface BpeCurve {
  /** Types of the smallest vocabulary: the different characters. */
  readonly first: number;
  /** Tokens of the sentences with `first` types, with one more, and so on, until each word is a token. */
  readonly tokens: readonly number[];
}

/**
 * BPE on characters, within words (Sennrich et al. 2016), until no pair is left: so it is compared with at every number
 * of types. Small steps.
 */
export function* bpeCurve(sentences: readonly string[]): Generator<void, BpeCurve> {
  const counts = new WordCounts();
  const scanner = scannerFor(DEFAULT_PATTERN)();
  for (const sentence of sentences) {
    const bytes = encodeUtf8(sentence);
    scanner.begin(sentence, 0, sentence.length, bytes, 0, bytes.length);
    for (let from = 0; from < bytes.length; ) {
      const to = scanner.next();
      counts.add(bytes, from, to);
      from = to;
    }
    yield;
  }
  const { points, starts, counts: often } = pointWords(counts);
  const symbols = new Map([...new Set(points)].sort((a, b) => a - b).map((point, id) => [point, id]));
  const names = [...symbols.keys()].map((point) => String.fromCodePoint(point));
  const first = names.length;
  const ids = Int32Array.from(points, (point) => symbols.get(point)!);
  const learner = MergeLearner.of({ ids, starts, counts: often }, { names, minFrequency: 1 });
  const tokens = [learner.symbols];
  for (let turn = 1; learner.next(); turn++) {
    // Two pairs may spell the same type.
    tokens[names.length - first] = learner.symbols;
    if (turn % STEP === 0) yield;
  }
  return { first, tokens };
}

/** Tokens with a number of types; with all that BPE finds where there are not so many. */
export function tokensWith({ first, tokens }: BpeCurve, types: number): number {
  return tokens[Math.min(tokens.length - 1, Math.max(0, types - first))]!;
}

/** The most types that BPE finds: all characters and words, and what lies between. */
export function mostTypes({ first, tokens }: BpeCurve): number {
  return first + tokens.length - 1;
}
