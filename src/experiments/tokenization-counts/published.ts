import type { Grouping, Separator } from './grouping';

/**
 * Accuracies that the paper's authors published, recomputed from the result files of their repository
 * (github.com/aadityasingh/TokenizationCounts, MIT): additions of 7 to 9 digits, 8 examples before each, %.
 * Nothing of these is measured here.
 */
export interface PublishedAccuracy {
  readonly grouping: Grouping;
  /** Undefined where nothing separates digits. */
  readonly separator: Separator | undefined;
  /** gpt-3.5-turbo-0301 */
  readonly gpt35: number;
  /** gpt-4-0314; undefined where the fact was not recomputed */
  readonly gpt4: number | undefined;
}

export const publishedAccuracies: readonly PublishedAccuracy[] = [
  { grouping: 'none', separator: undefined, gpt35: 75.6, gpt4: 91.5 },
  { grouping: 'left', separator: 'comma', gpt35: 27.8, gpt4: 33.3 },
  { grouping: 'right', separator: 'comma', gpt35: 97.8, gpt4: 98.9 },
  { grouping: 'left', separator: 'space', gpt35: 27.8, gpt4: undefined },
  { grouping: 'right', separator: 'space', gpt35: 96.7, gpt4: undefined },
];

/** Of gpt-3.5-turbo, by whether the result is longer than both operands (files of 25 January 2024), %. */
export const publishedByLength = {
  longer: { none: 8.2, right: 98.5 },
  notLonger: { none: 93.8, right: 97.9 },
} as const;
