import { TokenoscopeError } from '../../core/errors';
import type { Steps } from '../../tokenizers/files/steps';
import { type TrainedMerges, trainBpe } from '../../tokenizers/train/bpe';
import { byteAlphabet } from '../../tokenizers/train/byte-symbols';
import type { CurvePoint, Training } from '../../tokenizers/train/steps';
import { trainSecondStage } from '../../tokenizers/train/superbpe';
import type { WordCounts } from '../../tokenizers/train/word-counts';
import { type Divided, divide, excerptOf, halves, inOrder, type Ordered } from './divide';
import { encodePieces, lengthsInOrder, type Measured, measureSymbols } from './measure';

/** Tokens of which all vocabularies consist from the first on: the 256 bytes. */
const BYTES = 256;

/** A pair must occur twice to become a token: a text of this size would else be learned by heart. */
const MIN_FREQUENCY = 2;

/** Transition points in the order of their learning, as per cent of the vocabulary: first what is looked at first. */
const ORDER = [40, 90, 0, 20, 60, 80, 10, 30, 50, 70, 100] as const;

/** A vocabulary that was learned from the text. */
export interface Learned {
  /** Tokens of the vocabulary at which merges began to cross words; those of the whole one for plain BPE. */
  readonly transition: number;
  /** Tokens of the vocabulary that span several words. */
  readonly superwords: number;
  /** What it makes of the parts that it was learned from, and of those that it was not. */
  readonly seen: Measured;
  readonly unseen: Measured;
  /** Bytes of the excerpt's tokens. */
  readonly excerpt: readonly number[];
}

/** BPE and SuperBPE, learned from one text. */
export interface BothLearned {
  /** Tokens of every vocabulary here: T, or fewer where BPE found no more pairs. */
  readonly vocabulary: number;
  readonly bpe: Learned;
  /** By t, ascending. */
  readonly points: readonly { readonly share: number; readonly learned: Learned }[];
}

interface Material {
  readonly seen: Divided;
  readonly unseen: Divided;
  readonly excerptWords: Ordered;
  readonly excerptStretches: Ordered;
}

/**
 * Learns BPE, and SuperBPE with eleven transition points, in small steps.
 * @param text well-formed
 * @param size T, tokens of the vocabulary
 * @throws TokenoscopeError `train-empty` where there is nothing to learn from
 */
export function* learnBoth(
  text: string,
  size: number,
): Generator<{ readonly share: number; readonly so?: BothLearned }, BothLearned> {
  if (text.trim() === '') {
    throw new TokenoscopeError(
      'train-empty',
      'There is no text to learn from.',
      'Paste a text, or drop one.',
    );
  }
  const { learned, unseen } = halves(text);
  const seen = yield* told(divide(learned), { share: 0.01 });
  const apart = yield* told(divide(unseen), { share: 0.02 });
  const excerpt = excerptOf(text);
  const material: Material = {
    seen,
    unseen: apart,
    excerptWords: inOrder(excerpt, 'words'),
    excerptStretches: inOrder(excerpt, 'stretches'),
  };
  const all = { vocabularySize: size, minFrequency: MIN_FREQUENCY, alphabet: 'all', special: [] } as const;
  const parts = ORDER.length + 1;
  const first = yield* shared(trainBpe(seen.words, all), 0, parts);
  const bpe = yield* told(measureWords(first, material), { share: 0.9 / parts });
  const vocabulary = first.names.length;
  const points: { share: number; learned: Learned }[] = [];
  const so = (): BothLearned => ({ vocabulary, bpe, points: [...points] });
  for (const [turn, share] of ORDER.entries()) {
    const transition = Math.max(BYTES, Math.round((vocabulary * share) / 100));
    const known = points.find((point) => point.learned.transition === transition);
    const one = known ? known.learned : yield* shared(learnAt(first, transition, material), turn + 1, parts);
    points.push({ share, learned: one });
    points.sort((a, b) => a.share - b.share);
    yield { share: (turn + 2) / parts, so: so() };
  }
  return so();
}

/** SuperBPE whose first stage is the beginning of a finished BPE. */
function* learnAt(whole: TrainedMerges, transition: number, material: Material): Training<Learned> {
  const { trained, symbols } = yield* trainSecondStage(
    firstStage(whole, transition),
    material.seen.stretches,
    {
      vocabularySize: whole.names.length,
      minFrequency: MIN_FREQUENCY,
      alphabet: byteAlphabet(),
    },
  );
  const { names } = trained;
  const step = { phase: 'merging', share: 0.99, vocabulary: names.length } as const;
  const seen = yield* told(measureSymbols(names, symbols), step);
  const unseen = yield* told(measured(trained, material.unseen.stretches), step);
  return {
    transition,
    superwords: names.slice(transition).filter((name) => /[^Ġ]Ġ+[^Ġ]/.test(name)).length,
    seen,
    unseen,
    excerpt: yield* told(lengthsInOrder(trained, material.excerptStretches), step),
  };
}

function* measureWords(trained: TrainedMerges, material: Material): Steps<Learned> {
  const { names } = trained;
  return {
    transition: names.length,
    superwords: 0,
    seen: yield* measured(trained, material.seen.words),
    unseen: yield* measured(trained, material.unseen.words),
    excerpt: yield* lengthsInOrder(trained, material.excerptWords),
  };
}

/** Pieces written with merges, and what became of them. */
function* measured(trained: TrainedMerges, counts: WordCounts): Steps<Measured> {
  return yield* measureSymbols(trained.names, yield* encodePieces(trained, counts));
}

/** Steps whose share is too small to be told. */
function* told<T, Told>(steps: Steps<T>, so: Told): Generator<Told, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield so;
  }
}

/**
 * What BPE had learned when its vocabulary reached a size: BPE is greedy, so a smaller one is the beginning of a larger.
 * @param size from the alphabet's to that of the whole
 */
export function firstStage(whole: TrainedMerges, size: number): TrainedMerges {
  const names = whole.names.slice(0, size);
  const known = new Set(names.slice(0, BYTES));
  let count = 0;
  for (; known.size < size && count < whole.merges.length; count++) {
    const [left, right] = whole.merges[count]!;
    known.add(whole.names[left]! + whole.names[right]!);
  }
  const curve: CurvePoint[] = whole.curve.filter(({ vocabulary }) => vocabulary <= size);
  return { names, special: whole.special, merges: whole.merges.slice(0, count), curve };
}

/** Steps of a training as the share of the whole work that is done. */
function* shared<T>(
  training: Training<T>,
  part: number,
  parts: number,
): Generator<{ readonly share: number }, T> {
  let most = part === 0 ? 0.25 : 0;
  for (;;) {
    const step = training.next();
    if (step.done) return step.value;
    // Merging follows replaying, and takes most of the time.
    const { phase, share } = step.value;
    most = Math.max(most, phase === 'replaying' ? share * 0.2 : 0.2 + share * 0.6);
    yield { share: (part + most) / parts };
  }
}
