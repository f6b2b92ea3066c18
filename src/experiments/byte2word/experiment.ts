import * as v from 'valibot';
import { wordsBetweenWhitespace } from '../../tokenizers/words/divided-words';
import type { Parameters, WordLevels } from '../../tokenizers/words/levels';
import { alice } from '../alice';
import { type Experiment, textOf } from '../experiment';
import { figure, longerThan, type WordState, widthOf, wordFields, wordFigures } from '../word-figures';
import { measureWords } from '../word-levels';

export interface State extends WordState {
  /** Width of a byte's row. */
  readonly byteWidth: number;
  /** Bytes of a word that are read. */
  readonly room: number;
}

export type Result = WordLevels;

const state = v.strictObject({
  ...wordFields('bert-uncased'),
  byteWidth: v.optional(widthOf(16, 4096), 768),
  room: v.optional(v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(32)), 16),
});

/** Words from their bytes in place of a table of subwords (Byte2Word, arXiv 2211.12677). */
export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'english', samples: [alice], limit: 200_000 },
  state,
  control: 'typos',
  shown: ['typos', 'width', 'byteWidth', 'room'],

  async run(state, input, context) {
    return await measureWords(textOf(input), wordsBetweenWhitespace, state, context);
  },

  figures(result, state) {
    return [
      ...wordFigures(result, state, 1, inputTable(state)),
      figure('cut', 'Words that are cut', longerThan(result.lengths.bytes, state.room), '%'),
    ];
  },
};

/** What turns the bytes of a word into its vector: keys and values from bytes, query and output as wide as the model. */
export function inputTable({ width, byteWidth, room }: State): readonly Parameters[] {
  return [
    { label: 'a row for each byte', count: 256 * byteWidth },
    { label: 'places inside a word', count: room * byteWidth },
    { label: 'the query', count: width },
    { label: 'projections of query and output', count: 2 * width * width },
    { label: 'projections of keys and values', count: 2 * byteWidth * width },
  ];
}
