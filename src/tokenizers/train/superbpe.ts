import { type BpeSettings, CurveRecorder, learnMerges, type TrainedMerges, trainBpe } from './bpe';
import { type ByteAlphabet, byteAlphabet } from './byte-symbols';
import { MergeLearner } from './merge-learner';
import { MergeReplay } from './replay';
import { relayed, type Training } from './steps';
import type { SymbolWords } from './symbol-words';
import type { WordCounts } from './word-counts';

/** A token may span this many words. */
const MAX_WORDS = 4;

/**
 * How the second stage divides a text: digits by threes, runs of punctuation, and spaces before the last one. Everything
 * between, spaces and words, is one stretch (the repository's scripts/extend_tokenizer.sh).
 */
export const SUPERWORD_PATTERN = String.raw`\p{N}{1,3}| ?[^\s\p{L}\p{N}]{2,}[\r\n/]*| +(?!\S)`;

export interface SuperBpeSettings extends BpeSettings {
  /** t: the vocabulary size at which merges begin to cross words. */
  readonly transition: number;
}

/** A trained SuperBPE: the merges of the second stage follow those of the first. */
export interface TrainedSuperBpe extends TrainedMerges {
  /** How many merges the first stage learned. */
  readonly firstMerges: number;
}

/** The second stage, and the stretches as its merges have left them. */
export interface SecondStage {
  readonly trained: TrainedSuperBpe;
  readonly symbols: SymbolWords;
}

/**
 * SuperBPE (Liu et al. 2025, arXiv 2503.13423): BPE within words up to a vocabulary of t tokens, then within stretches
 * of words. Two kinds of tokens are not made: those with a colon before a space, and those of more than four words.
 * @param words pieces as the first stage divides the corpus
 * @param stretches the same corpus as `SUPERWORD_PATTERN` divides it; read when the second stage begins
 */
export function* trainSuperBpe(
  words: WordCounts,
  stretches: () => WordCounts | Training<WordCounts>,
  settings: SuperBpeSettings,
): Training<TrainedSuperBpe> {
  const transition = Math.min(settings.transition, settings.vocabularySize);
  const first = yield* trainBpe(words, { ...settings, vocabularySize: transition });
  const read = stretches();
  const counts = 'next' in read ? yield* read : read;
  const alphabet = byteAlphabet(settings.alphabet === 'seen' ? words : undefined);
  return (yield* trainSecondStage(first, counts, { ...settings, alphabet })).trained;
}

/**
 * The second stage alone: replays the merges of the first one on stretches of words, and goes on from there.
 * @param first with the alphabet of the settings
 * @param stretches the corpus of the first stage as `SUPERWORD_PATTERN` divides it
 */
export function* trainSecondStage(
  first: TrainedMerges,
  stretches: WordCounts,
  settings: {
    readonly vocabularySize: number;
    readonly minFrequency: number;
    readonly alphabet: ByteAlphabet;
  },
): Training<SecondStage> {
  const { special } = first;
  const names = [...first.names];
  const { symbolOf: plain } = settings.alphabet;
  const symbolOf = plain.map((symbol) => (symbol < 0 ? symbol : symbol + special.length));
  const replay = new MergeReplay({ names, merges: first.merges, symbolOf });
  const replayed = yield* relayed(replay.words(stretches), (share) => ({
    phase: 'replaying',
    share,
    vocabulary: names.length,
  }));
  const { starts, counts } = replayed;
  const options = { names, minFrequency: settings.minFrequency, allows: isAllowed };
  const learner = yield* relayed(MergeLearner.inSteps(replayed, options), () => ({
    phase: 'replaying',
    share: 1,
    vocabulary: names.length,
  }));
  const merges = first.merges.map(([left, right]): [number, number] => [left, right]);
  const curve = new CurveRecorder();
  for (const { vocabulary, tokens } of first.curve) curve.add(vocabulary, tokens);
  yield* learnMerges(learner, names, settings.vocabularySize, merges, curve);
  const trained = { names, special, merges, curve: curve.points, firstMerges: first.merges.length };
  return { trained, symbols: { ...learner.words(starts), counts } };
}

/** Whether the second stage may make a token, in byte letters. */
export function isAllowed(name: string): boolean {
  return !name.includes(':Ġ') && wordsIn(name) <= MAX_WORDS;
}

/** Words of a token, as spaces divide it. @param name in byte letters, where Ġ is the space */
export function wordsIn(name: string): number {
  return name.split('Ġ').filter((word) => word !== '').length;
}
