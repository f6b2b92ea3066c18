import * as v from 'valibot';
import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { LARGEST_SEED, mulberry32 } from '../../core/image/noise';
import { byteOfLetter } from '../../tokenizers/byte-letters';
import { inSlices } from '../../tokenizers/files/steps';
import { MergeLearner } from '../../tokenizers/train/merge-learner';
import { alice } from '../alice';
import { type Experiment, type Figure, textOf } from '../experiment';
import { type LinearProgram, openProgram } from '../linear-program';
import { alphabet, halves, mixed, symbolsOf, wordsOf } from './corpus';
import { historyOf, type Merge } from './history';
import { type Guess, infer } from './infer';
import { largestError, logError, normalized, randomLogError, randomShares } from './mixture';
import { estimate, groupShares, REAL, type RealResult } from './real';
import { MIXED, ownTexts } from './texts';

/** Numbers of merges at which the mixture is inferred. */
export const SIZES = [3, 5, 8, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 250, 300] as const;

/** Merges that the tokenizer learns. */
export const MERGES = 300;

/** Characters that a text must have. */
const SHORTEST = 2000;

/** Merges whose tokens are shown. */
const SHOWN = 60;

/** Why a real tokenizer's estimate has no error. */
const SECRET =
  'What a real tokenizer was trained on is not public, so an error cannot be measured: choose “Hidden here”.';

/** A share is found once no share is further off than this, of 1. */
export const CLOSE = 0.02;

export interface State {
  /** A mixture that is hidden here, or the unknown one of a real tokenizer. */
  readonly tokenizer: 'hidden' | (typeof REAL)[number];
  /** Of the mixture, where it is drawn at random. */
  readonly seed: number;
  /** The visitor's own mixture: parts in the order of `MIXED`, of any sum. */
  readonly mix: readonly number[] | null;
  /** Whether who looks on has the very texts that were learned from, or others of the same kind. */
  readonly sees: 'other' | 'same';
  /** Merges that are looked at. */
  readonly merges: number;
}

export type Result = HiddenResult | RealResult;

export interface HiddenResult {
  readonly kind: 'hidden';
  /** The hidden shares, in the order of `MIXED`. */
  readonly truth: readonly number[];
  /** By merges, ascending. */
  readonly guesses: readonly Guess[];
  /** log₁₀ of the mean squared error of a random guess. */
  readonly random: number;
  /** Bytes of the first tokens that were learned: all that is seen of the tokenizer, in this order. */
  readonly tokens: readonly Uint8Array[];
}

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const state = v.strictObject({
  tokenizer: v.optional(v.picklist(['hidden', ...REAL]), 'hidden'),
  seed: v.optional(whole(0, LARGEST_SEED), 8),
  mix: v.optional(v.nullable(v.pipe(v.array(whole(0, 100)), v.length(MIXED.length))), null),
  sees: v.optional(v.picklist(['other', 'same']), 'other'),
  merges: v.optional(whole(1, MERGES), MERGES),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: alice.id, samples: [alice], limit: 300_000 },
  state,
  control: 'merges',
  shown: ['merges'],
  // A real tokenizer's mixture and the visitor's own are not drawn.
  isRandom: ({ tokenizer, mix }) => tokenizer === 'hidden' && mix === null,

  async run({ tokenizer, seed, mix, sees }, input, { signal, progress, preview, tokenizer: load }) {
    const own = textOf(input);
    throwIfAborted(signal);
    if (own.length < SHORTEST) {
      throw new TokenoscopeError(
        'train-empty',
        `Your text is one of those that are mixed, and ${own.length} characters are too few for that.`,
        `Paste ${SHORTEST.toLocaleString('en')} or more: a half is learned from.`,
      );
    }
    const slices = { ...(signal && { signal }), ...(progress && { onProgress: progress }) };
    const program = await openProgram();
    try {
      if (tokenizer === 'hidden') {
        const truth = mix ? normalized(mix) : randomShares(MIXED.length, mulberry32(seed));
        const parts = [own, ...(await ownTexts())].map(halves);
        return await inSlices(recover({ truth, parts, sees, program, preview }), slices);
      }
      const input = { id: tokenizer, own, tokenizer: load, program, preview: preview ?? (() => {}) };
      return await inSlices(await estimate(input), slices);
    } finally {
      program.close();
    }
  },

  figures(result, { merges }) {
    return result.kind === 'hidden' ? hiddenFigures(result, merges) : realFigures(result, merges);
  },
};

function hiddenFigures({ truth, guesses, random }: HiddenResult, merges: number): readonly Figure[] {
  const guess = guessAt(guesses, merges);
  return [
    {
      id: 'log-error',
      label: 'Error of the recovered mixture',
      value: guess && logError(guess.shares, truth),
      unit: 'log10 MSE',
    },
    { id: 'random', label: 'Error of a random guess', value: random, unit: 'log10 MSE' },
    {
      id: 'largest-error',
      label: 'The share that is furthest off',
      value: guess && 100 * largestError(guess.shares, truth),
      unit: 'percentage points',
    },
    {
      id: 'merges-needed',
      label: `Merges until no share is off by ${100 * CLOSE} points`,
      value: mergesNeeded(guesses, truth),
      unit: 'merges',
    },
    { id: 'constraints', label: 'Constraints of the linear program', value: guess?.rows, unit: 'rows' },
  ];
}

function realFigures({ guesses }: RealResult, merges: number): readonly Figure[] {
  const guess = guessAt(guesses, merges);
  const groups = guess && groupShares(guess);
  const percent = (part: number | undefined) => (part === undefined ? undefined : 100 * part);
  return [
    { id: 'english', label: 'English', value: percent(groups?.english), unit: '%' },
    { id: 'yours', label: 'Your text', value: percent(groups?.yours), unit: '%' },
    { id: 'other', label: 'Other languages', value: percent(groups?.other), unit: '%' },
    { id: 'code', label: 'Code', value: percent(groups?.code), unit: '%' },
    {
      id: 'first',
      label: 'Merges whose pair is the most frequent one in the samples',
      value: percent(guess?.first),
      unit: '%',
    },
    {
      id: 'first-ten',
      label: 'Merges whose pair is one of the ten most frequent',
      value: percent(guess?.firstTen),
      unit: '%',
    },
    { id: 'constraints', label: 'Constraints of the linear program', value: guess?.rows, unit: 'rows' },
    ...(['log-error', 'random'] as const).map((id) => ({
      id,
      label: 'Error of the estimate',
      value: undefined,
      unit: 'log10 MSE',
      note: SECRET,
    })),
  ];
}

interface Hidden {
  readonly truth: readonly number[];
  /** Of each text: what is learned from, and the rest. */
  readonly parts: readonly (readonly [string, string])[];
  readonly sees: State['sees'];
  readonly program: LinearProgram;
  readonly preview: ((result: Result) => void) | undefined;
}

/** Trains a tokenizer on a mixture and finds the mixture again. Yields the share done. */
function* recover({ truth, parts, sees, program, preview }: Hidden): Generator<number, HiddenResult> {
  const random = randomLogError(truth);
  const first = parts.map(([text]) => text);
  const { merges, tokens } = yield* learn(first, truth);
  const guesses: Guess[] = [];
  const result = (): HiddenResult => ({ kind: 'hidden', truth, guesses: [...guesses], random, tokens });
  const seen = [];
  for (const [learned, other] of parts) {
    seen.push(symbolsOf(wordsOf(sees === 'same' ? learned : other)));
    yield 0.35;
  }
  const replay = historyOf(seen, merges);
  let next = replay.next();
  for (; !next.done; next = replay.next()) yield 0.35 + 0.15 * next.value;
  for (const guess of infer(next.value, program, sizesUpTo(merges.length))) {
    if (guess) {
      guesses.push(guess);
      preview?.(result());
    }
    yield 0.5 + (0.49 * guesses.length) / SIZES.length;
  }
  return result();
}

/** The guess from the most merges that are no more than these; the first one where all are more. */
export function guessAt<T extends Guess>(guesses: readonly T[], merges: number): T | undefined {
  return guesses.findLast((guess) => guess.merges <= merges) ?? guesses[0];
}

/** From how many merges on every guess is close; undefined where the last one is not. */
export function mergesNeeded(guesses: readonly Guess[], truth: readonly number[]): number | undefined {
  return guesses[guesses.findLastIndex(({ shares }) => largestError(shares, truth) > CLOSE) + 1]?.merges;
}

/** Trains the tokenizer whose mixture is to be found. Yields the share of all work that is done. */
function* learn(
  texts: readonly string[],
  truth: readonly number[],
): Generator<number, { merges: readonly Merge[]; tokens: readonly Uint8Array[] }> {
  const counts = [];
  for (const text of texts) {
    counts.push(wordsOf(text));
    yield 0;
  }
  const names = [...alphabet.names];
  const learner = MergeLearner.of(mixed(counts, truth), { names, minFrequency: 1 });
  const merges: Merge[] = [];
  const tokens: Uint8Array[] = [];
  while (merges.length < MERGES) {
    const merge = learner.next();
    if (!merge) break;
    merges.push({ left: merge.left, right: merge.right, merged: merge.merged });
    if (tokens.length < SHOWN) tokens.push(bytesOf(names[merge.merged]!));
    yield (0.3 * merges.length) / MERGES;
  }
  return { merges, tokens };
}

function sizesUpTo(merges: number): readonly number[] {
  const sizes = SIZES.filter((size) => size <= merges);
  return sizes.length > 0 ? sizes : [merges];
}

/** @param name of a token, in byte letters */
function bytesOf(name: string): Uint8Array {
  return Uint8Array.from(name, (letter) => byteOfLetter.get(letter.codePointAt(0)!)!);
}
