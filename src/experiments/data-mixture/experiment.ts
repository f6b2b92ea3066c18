import * as v from 'valibot';
import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { LARGEST_SEED, mulberry32 } from '../../core/image/noise';
import { byteOfLetter } from '../../tokenizers/byte-letters';
import { runInSlices } from '../../tokenizers/slices';
import { MergeLearner } from '../../tokenizers/train/merge-learner';
import { alice } from '../alice';
import { type Experiment, textOf } from '../experiment';
import { openProgram } from '../linear-program';
import { alphabet, halves, mixed, symbolsOf, wordsOf } from './corpus';
import { type History, historyOf, type Merge } from './history';
import { type Guess, infer } from './infer';
import { largestError, logError, normalized, randomLogError, randomShares } from './mixture';
import { MIXED, ownTexts } from './texts';

/** Numbers of merges at which the mixture is inferred. */
export const SIZES = [3, 5, 8, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 250, 300] as const;

/** Merges that the tokenizer learns. */
export const MERGES = 300;

/** Characters that a text must have. */
const SHORTEST = 2000;

/** Merges whose tokens are shown. */
const SHOWN = 60;

/** A share is found once no share is further off than this, of 1. */
export const CLOSE = 0.02;

export interface State {
  /** Of the mixture, where it is drawn at random. */
  readonly seed: number;
  /** The visitor's own mixture: parts in the order of `MIXED`, of any sum. */
  readonly mix: readonly number[] | null;
  /** Whether who looks on has the very texts that were learned from, or others of the same kind. */
  readonly sees: 'other' | 'same';
  /** Merges that are looked at. */
  readonly merges: number;
}

export interface Result {
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

  async run({ seed, mix, sees }, input, { signal, progress, preview }) {
    const own = textOf(input);
    throwIfAborted(signal);
    if (own.length < SHORTEST) {
      throw new TokenoscopeError(
        'train-empty',
        `Your text is one of those that are mixed, and ${own.length} characters are too few for that.`,
        `Paste ${SHORTEST.toLocaleString('en')} or more: a half is learned from.`,
      );
    }
    const truth = mix ? normalized(mix) : randomShares(MIXED.length, mulberry32(seed));
    const random = randomLogError(truth);
    const [texts, program] = await Promise.all([ownTexts(), openProgram()]);
    try {
      const parts = [own, ...texts].map(halves);
      const learned: { merges: readonly Merge[]; tokens: readonly Uint8Array[] } = { merges: [], tokens: [] };
      let history: History | undefined;
      const guesses: Guess[] = [];
      const result = (): Result => ({
        truth,
        guesses: [...guesses],
        random,
        tokens: learned.tokens,
      });
      const work = function* (): Generator<number> {
        Object.assign(
          learned,
          yield* learn(
            parts.map(([first]) => first),
            truth,
          ),
        );
        const seen = [];
        for (const [first, second] of parts) {
          seen.push(symbolsOf(wordsOf(sees === 'same' ? first : second)));
          yield 0.35;
        }
        const replay = historyOf(seen, learned.merges);
        for (let next = replay.next(); ; next = replay.next()) {
          if (next.done) {
            history = next.value;
            break;
          }
          yield 0.35 + 0.15 * next.value;
        }
        for (const guess of infer(history, program, sizesUpTo(learned.merges.length))) {
          if (guess) {
            guesses.push(guess);
            preview?.(result());
          }
          yield 0.5 + (0.49 * guesses.length) / SIZES.length;
        }
      };
      const steps = work();
      const step = () => {
        const next = steps.next();
        return next.done ? 1 : next.value;
      };
      await runInSlices(step, { ...(signal && { signal }), ...(progress && { onProgress: progress }) });
      return result();
    } finally {
      program.close();
    }
  },

  figures({ truth, guesses, random }, { merges }) {
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
  },
};

/** The guess from the most merges that are no more than these; the first one where all are more. */
export function guessAt(guesses: readonly Guess[], merges: number): Guess | undefined {
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
  const learner = new MergeLearner(mixed(counts, truth), { names, minFrequency: 1 });
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
