import { TokenoscopeError } from '../../core/errors';
import { mulberry32 } from '../../core/image/noise';
import { type TrainedMerges, trainBpe } from './bpe';
import type { Corpus } from './corpus';
import { DEFAULT_PATTERN } from './defaults';
import { lexiconJson } from './lexicon-file';
import { LibLearner, segmentByLexicon } from './lib';
import { pointWords } from './point-words';
import type { TrainSettings } from './settings';
import type { CurvePoint, Training } from './steps';
import { SUPERWORD_PATTERN, trainSuperBpe } from './superbpe';
import { bpeJson, unigramJson, wordPieceJson } from './tokenizer-json';
import { trainUnigram } from './unigram';
import { trainWordPiece } from './wordpiece';

/** Substrings that Unigram begins with, for each token of the vocabulary; at least so many. */
const SEEDS = { each: 12, least: 100_000 } as const;

/** Sentences that are segmented for a point of Less-is-Better's curve. */
const WATCHED = 200;

/** A tokenizer that was trained. */
export interface TrainedTokenizer {
  /** The file's usual name. */
  readonly name: string;
  /** Its JSON. */
  readonly json: unknown;
  /** Tokens of the vocabulary. */
  readonly vocabulary: number;
  /** Tokens of the corpus; of Less-is-Better, of its first sentences. */
  readonly tokens: number;
  readonly curve: readonly CurvePoint[];
  /** Its tokens by id, without special ones. */
  readonly names: readonly string[];
  /** How names stand for bytes: byte letters, ## before what continues a word, or ▁ for a space. */
  readonly spelling: 'bytes' | 'continuing' | 'plain';
}

/**
 * Trains a tokenizer, in small steps.
 * @throws TokenoscopeError `train-empty` where there is nothing to learn from
 */
export function* trainTokenizer(corpus: Corpus, settings: TrainSettings): Training<TrainedTokenizer> {
  if (corpus.words.size === 0 && corpus.sentences.length === 0) {
    throw new TokenoscopeError(
      'train-empty',
      'There is no text to learn from.',
      'Paste a text, drop files, or choose a corpus.',
    );
  }
  switch (settings.kind) {
    case 'bpe': {
      const trained = yield* trainBpe(corpus.words, { ...settings, alphabet: 'all' });
      return mergesFile(bpeJson(trained, settings.pattern ?? DEFAULT_PATTERN), trained);
    }
    case 'superbpe': {
      const transition = settings.transition ?? Math.round(settings.vocabularySize * 0.8);
      const all = { ...settings, alphabet: 'all', transition } as const;
      const trained = yield* trainSuperBpe(corpus.words, () => corpus.stretches, all);
      return mergesFile(bpeJson(trained, SUPERWORD_PATTERN), trained);
    }
    case 'unigram': {
      const seedSize = Math.max(SEEDS.least, settings.vocabularySize * SEEDS.each);
      const trained = yield* trainUnigram(pointWords(corpus.words, '▁'), { ...settings, seedSize });
      const { special, pieces, curve } = trained;
      return {
        name: 'tokenizer.json',
        json: unigramJson(trained),
        vocabulary: special.length + pieces.length,
        tokens: curve[0]!.tokens,
        curve,
        names: pieces,
        spelling: 'plain',
      };
    }
    case 'wordpiece': {
      const all = { ...settings, characters: 1000 };
      const trained = yield* trainWordPiece(pointWords(corpus.words), all);
      const { names, special, curve } = trained;
      return {
        name: 'tokenizer.json',
        json: wordPieceJson(trained, { lowercase: settings.lowercase }),
        vocabulary: names.length,
        tokens: curve.at(-1)!.tokens,
        curve,
        names: names.slice(special.length),
        spelling: 'continuing',
      };
    }
    case 'lib':
      return yield* trainLib(corpus.sentences, settings);
  }
}

function mergesFile(json: unknown, { names, special, curve }: TrainedMerges): TrainedTokenizer {
  return {
    name: 'tokenizer.json',
    json,
    vocabulary: names.length,
    tokens: curve.at(-1)!.tokens,
    curve,
    names: names.slice(special.length),
    spelling: 'bytes',
  };
}

function* trainLib(
  sentences: readonly string[],
  settings: Extract<TrainSettings, { kind: 'lib' }>,
): Training<TrainedTokenizer> {
  const random = mulberry32(settings.seed);
  const learner = new LibLearner(settings, () => random() / 2 ** 32);
  const curve: CurvePoint[] = [];
  const watched = sentences.slice(0, WATCHED);
  const tokens = () =>
    watched.reduce((sum, sentence) => sum + segmentByLexicon(learner.lexicon, sentence).length, 0);
  const every = Math.max(1, Math.floor(settings.steps / 100));
  for (let step = 0, from = 0; step < settings.steps; step++) {
    const to = Math.min(sentences.length, from + settings.sentences);
    learner.step(sentences.slice(from, to));
    // As published: the corpus is read in order, again and again.
    from = to >= sentences.length ? 0 : to;
    const vocabulary = learner.lexicon.size;
    if (step % every === 0) curve.push({ vocabulary, tokens: tokens() });
    yield { phase: 'reading', share: (step + 1) / settings.steps, vocabulary, tokens: curve.at(-1)!.tokens };
  }
  learner.finish();
  const { chunks, size } = learner.lexicon;
  return {
    name: 'lexicon.json',
    json: lexiconJson(chunks),
    vocabulary: size,
    tokens: tokens(),
    curve,
    names: chunks,
    spelling: 'plain',
  };
}
