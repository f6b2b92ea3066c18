import * as v from 'valibot';
import { encodeUtf8 } from '../../core/text/utf8';
import { hierarchicalWords } from '../../tokenizers/words/hierarchical-words';
import type { Parameters, WordLevels } from '../../tokenizers/words/levels';
import { alice } from '../alice';
import { type Experiment, textOf } from '../experiment';
import { figure, type WordState, widthOf, wordFields, wordFigures } from '../word-figures';
import { measureWords } from '../word-levels';

export interface State extends WordState {
  /** Bytes of the longest word. */
  readonly longest: number;
  /** Width of the small models inside a word. */
  readonly byteWidth: number;
}

export interface Result extends WordLevels {
  /** Different bytes of the text. */
  readonly byteValues: number;
}

const state = v.strictObject({
  ...wordFields('gpt2'),
  longest: v.optional(v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(1000)), 100),
  byteWidth: v.optional(widthOf(16, 4096), 256),
});

/** The levels of a hierarchical autoregressive transformer (arXiv 2501.10322): what each reads, and what that costs. */
export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'english', samples: [alice], limit: 200_000 },
  state,
  control: 'typos',
  shown: ['typos', 'width', 'byteWidth'],

  async run(state, input, context) {
    const text = textOf(input);
    const byteValues = new Set(encodeUtf8(text)).size;
    const split = (each: string) => hierarchicalWords(each, state.longest);
    return { ...(await measureWords(text, split, state, context)), byteValues };
  },

  figures(result, state) {
    const [{ words }] = result.curve;
    return [
      ...wordFigures(result, state, 1, inputTable(state)),
      figure('byte-values', 'Different bytes in this text', result.byteValues, 'byte values'),
      figure('inside', 'Positions inside words, with the sign of each', result.bytes + words, 'positions'),
    ];
  },
};

/** What stands before the backbone, without the encoder's layers. */
export function inputTable({ width, byteWidth }: State): readonly Parameters[] {
  return [
    { label: 'a row for each byte and one for the word', count: 257 * byteWidth },
    { label: 'from the width of bytes to that of words', count: byteWidth * width },
  ];
}
