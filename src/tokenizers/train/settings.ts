import * as v from 'valibot';
import { SIZES, SPECIAL } from './defaults';
import { LIB_DEFAULTS } from './lib';

const size = v.pipe(v.number(), v.integer(), v.minValue(SIZES.least), v.maxValue(SIZES.most));
const frequency = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const special = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(64))), v.maxLength(64));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const merges = {
  vocabularySize: size,
  minFrequency: v.optional(frequency, 2),
  /** How texts are divided before merging: an expression in the syntax of tokenizer files. */
  pattern: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(2000))),
  special: v.optional(special, [...SPECIAL.bpe]),
};

/** What is trained, and how. */
export const trainSettings = v.variant('kind', [
  v.object({ kind: v.literal('bpe'), ...merges }),
  v.object({ kind: v.literal('superbpe'), ...merges, transition: v.optional(size) }),
  v.object({
    kind: v.literal('unigram'),
    vocabularySize: size,
    special: v.optional(v.pipe(special, v.minLength(1)), [...SPECIAL.unigram]),
  }),
  v.object({
    kind: v.literal('wordpiece'),
    vocabularySize: size,
    minFrequency: v.optional(frequency, 2),
    lowercase: v.optional(v.boolean(), true),
    special: v.optional(v.pipe(special, v.minLength(1)), [...SPECIAL.wordpiece]),
  }),
  v.object({
    kind: v.literal('lib'),
    steps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)), 500),
    sentences: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 200),
    inRate: v.optional(share, LIB_DEFAULTS.inRate),
    outRate: v.optional(share, LIB_DEFAULTS.outRate),
    updateRate: v.optional(share, LIB_DEFAULTS.updateRate),
    life: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), LIB_DEFAULTS.life),
    longest: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(200)), 24),
    seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)), 0),
  }),
]);

export type TrainSettings = v.InferOutput<typeof trainSettings>;
export type TrainKind = TrainSettings['kind'];
