import * as v from 'valibot';
import { wordsBetweenSpaces } from '../../tokenizers/words/divided-words';
import type { Parameters, WordLevels } from '../../tokenizers/words/levels';
import { alice } from '../alice';
import { type Experiment, textOf } from '../experiment';
import { figure, longerThan, type WordState, wordFields, wordFigures } from '../word-figures';
import { measureWords } from '../word-levels';

/** What a word is made of. */
export const units = ['bytes', 'characters'] as const;

/** Layers of the encoder that sees one word at a time. */
const LAYERS = 2;

export interface State extends WordState {
  readonly unit: (typeof units)[number];
  /** Vectors for each word: the paper's p. */
  readonly slots: number;
  /** Units of a word that are read: the paper's canvas. */
  readonly room: number;
}

export type Result = WordLevels;

const state = v.strictObject({
  ...wordFields('gpt2'),
  unit: v.optional(v.picklist(units), 'bytes'),
  slots: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)), 4),
  room: v.optional(v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(32)), 12),
});

/** Words pooled by a small encoder (Learn Your Tokens, arXiv 2310.11628): what the backbone reads, and what that costs. */
export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'english', samples: [alice], limit: 200_000 },
  state,
  control: 'typos',
  shown: ['typos', 'width', 'unit', 'slots', 'room'],

  async run(state, input, context) {
    return await measureWords(textOf(input), wordsBetweenSpaces, state, context);
  },

  figures(result, state) {
    const { slots, room } = state;
    const some = result.curve[0].words > 0;
    return [
      ...wordFigures(result, state, slots, inputTable(state)),
      figure('positions-per-word', 'Vectors for a word', some ? slots : undefined, 'positions per word'),
      figure('room', 'Room in a word', some ? room : undefined, state.unit),
      figure('cut', 'Words that are cut', longerThan(result.lengths[state.unit], room), '%'),
    ];
  },
};

/**
 * What turns the bytes of a word into its vectors. Characters are counted as the 256 rows of bytes, too: how many
 * there are depends on the corpus.
 */
export function inputTable({ width, slots, room }: State): readonly Parameters[] {
  return [
    { label: 'a row for each byte', count: 256 * width },
    { label: 'rows that ask for the vectors of a word', count: slots * width },
    { label: 'places inside a word', count: (slots + room) * width },
    { label: 'two layers inside a word', count: LAYERS * 12 * width * width },
  ];
}
