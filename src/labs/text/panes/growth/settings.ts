import * as v from 'valibot';
import { usePaneSettings } from '../../use-pane-settings';

/** What the pane has been set to. Part of published links: keys and their meaning never change. */
export interface VocabularySettings {
  readonly [key: string]: string | number;
  /** Id of the tokenizer whose cut is shown; empty for the first column that can be cut. */
  readonly t: string;
  /** Entries of the vocabulary. */
  readonly n: number;
  /** 'cut': the slider alone; 'play': merge by merge. */
  readonly m: 'cut' | 'play';
}

const schema = v.object({
  t: v.pipe(v.string(), v.maxLength(200)),
  n: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 31)),
  m: v.picklist(['cut', 'play']),
}) as unknown as v.GenericSchema<unknown, VocabularySettings>;

/** Enough for short words, few enough that a text is visibly in pieces. */
const DEFAULTS: VocabularySettings = { t: '', n: 1000, m: 'cut' };

export function useVocabularySettings() {
  return usePaneSettings('growth', schema, DEFAULTS);
}
