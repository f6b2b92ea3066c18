import * as v from 'valibot';
import { type Parameters, TYPO_STEP, type WordLevels } from '../tokenizers/words/levels';
import type { Figure } from './experiment';

/** Tokenizers of the catalogue that words are compared with. */
export const subwords = ['gpt2', 'cl100k', 'o200k', 'llama-3', 'gemma-2', 'bert-uncased'] as const;
export type Subwords = (typeof subwords)[number];

/** Fields of the state that the experiments on word models share. */
export interface WordState {
  /** Of 100 words with four letters or more, how many have a typo. */
  readonly typos: number;
  readonly seed: number;
  readonly against: Subwords;
  /** Width of the backbone, the d of the input table. */
  readonly width: number;
}

/** The schema of these fields. @param against the tokenizer that is compared with at first */
export function wordFields(against: Subwords) {
  return {
    typos: v.optional(
      v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100), v.multipleOf(TYPO_STEP)),
      10,
    ),
    seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)), 1),
    against: v.optional(v.picklist(subwords), against),
    width: v.optional(widthOf(64, 8192), 768),
  };
}

/** A width of vectors. */
export function widthOf(least: number, most: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
}

/**
 * What all three experiments measure.
 * @param slots positions of the backbone for each word
 * @param table parameters that turn bytes into a word's vectors
 */
export function wordFigures(
  result: WordLevels,
  state: WordState,
  slots: number,
  table: readonly Parameters[],
): Figure[] {
  const [clean] = result.curve;
  const now = result.curve[state.typos / TYPO_STEP]!;
  const positions = clean.words * slots;
  const total = sumOf(table);
  return [
    figure('bytes', 'Bytes', result.bytes, 'bytes'),
    figure('positions', 'Positions of the backbone', positions, 'positions'),
    figure('subwords', 'Subword tokens', clean.tokens, 'tokens'),
    figure('bytes-per-word', 'Bytes per word', share(result.bytes, clean.words), 'bytes'),
    figure('bytes-per-subword', 'Bytes per subword', share(result.bytes, clean.tokens), 'bytes'),
    figure(
      'attention',
      'Attention of the backbone',
      percent(positions ** 2, result.bytes ** 2),
      '% of the pairs between bytes',
    ),
    figure(
      'subword-attention',
      'Attention between subwords',
      percent(clean.tokens ** 2, result.bytes ** 2),
      '% of the pairs between bytes',
    ),
    figure('words-changed', 'Words that typos change', percent(now.wordsChanged, clean.words), '%'),
    figure('subwords-changed', 'Subwords that typos change', percent(now.tokensChanged, clean.tokens), '%'),
    figure('words-more', 'Change of the number of words', percent(now.words - clean.words, clean.words), '%'),
    figure(
      'subwords-more',
      'Change of the number of subwords',
      percent(now.tokens - clean.tokens, clean.tokens),
      '%',
    ),
    figure('bytes-kept', 'Bytes that a word with a typo keeps', hundred(result.kept?.bytes), '%'),
    figure('subwords-kept', 'Subwords that a word with a typo keeps', hundred(result.kept?.tokens), '%'),
    figure('table', 'Parameters before the backbone', total, 'parameters'),
    figure('subword-table', 'Parameters of a subword table', result.vocabulary * state.width, 'parameters'),
    figure('table-share', 'Against the subword table', percent(total, result.vocabulary * state.width), '%'),
  ];
}

/** Words longer than `most`, in percent. @param lengths number of words by their length */
export function longerThan(lengths: readonly number[], most: number): number | undefined {
  return percent(sumOfNumbers(lengths.slice(most + 1)), sumOfNumbers(lengths));
}

function sumOf(parameters: readonly Parameters[]): number {
  return parameters.reduce((sum, { count }) => sum + count, 0);
}

export function figure(id: string, label: string, value: number | undefined, unit: string): Figure {
  return { id, label, value, unit };
}

function sumOfNumbers(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0);
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

function percent(part: number, whole: number): number | undefined {
  return hundred(share(part, whole));
}

function hundred(value: number | undefined): number | undefined {
  return value === undefined ? undefined : 100 * value;
}
