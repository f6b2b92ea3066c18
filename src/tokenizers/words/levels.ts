/** Words with a typo, in percent of those that are long enough: the places of the slider. */
export const TYPO_STEP = 5;

/** A text divided into bytes, words and subwords, and what typos do to each: what experiments on word models share. */
export interface WordLevels {
  readonly bytes: number;
  readonly characters: number;
  /** Entries of the tokenizer's vocabulary. */
  readonly vocabulary: number;
  /** Number of words by their length: `bytes[3]` have 3 bytes, the last count is of the longest. */
  readonly lengths: { readonly bytes: readonly number[]; readonly characters: readonly number[] };
  /** Words that are long enough for a typo. */
  readonly eligible: number;
  /** Without typos, then with every 5 % more words that have one. */
  readonly curve: readonly [LevelPoint, ...LevelPoint[]];
  readonly examples: readonly TypoExample[];
  /** Of a word with a typo, the share of its inputs that it still has, 0 to 1; undefined where no word has one. */
  readonly kept: { readonly bytes: number; readonly tokens: number } | undefined;
}

/** A text with typos. */
export interface LevelPoint {
  readonly typos: number;
  readonly words: number;
  readonly tokens: number;
  /** Words and tokens of the text without typos that are no more. */
  readonly wordsChanged: number;
  readonly tokensChanged: number;
  readonly excerpt: Excerpt;
}

/** The text's beginning, as it is shown. */
export interface Excerpt {
  readonly text: string;
  readonly words: ShownUnits;
  readonly tokens: ShownUnits;
}

/** Places in bytes; `isNew` marks what the text without typos does not have there. */
export interface ShownUnits {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly isNew: readonly boolean[];
}

/** A word before and after its typo. */
export interface TypoExample {
  readonly before: Spelled;
  readonly after: Spelled;
}

/** A word, with the space before it where it has one, and its subwords: their places in bytes. */
export interface Spelled {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Parameters of a model by what they are. */
export interface Parameters {
  readonly label: string;
  readonly count: number;
}
