import type { TokenSequence } from '../../core/text/token-sequence';
import type { SegmentProgress, TextApi, TextRef, TokenizerRef } from './text.api';

/** What the parts of a text are. */
export type PartKind = 'text' | 'line' | 'sentence' | 'script';

/** Which text to measure, in which parts. */
export interface MeasureArgs {
  readonly tokenizer: TokenizerRef;
  readonly text: TextRef;
  readonly by: PartKind;
  /** Ids of measures, cheap and dear ones. */
  readonly measures: readonly string[];
}

/** A part of a text. */
export interface TextPart {
  /** A line's or a sentence's number from 1, a script's name; empty for the whole text. */
  readonly name: string;
  /** Bytes of the text; of a script only how many, from 0. */
  readonly start: number;
  readonly end: number;
}

/** The measures of a text's parts. */
export interface MeasuredText {
  readonly parts: readonly TextPart[];
  /** For each part the values of the measures, in the order in which they were asked for; null where one has none. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Lines or sentences beyond those that are measured. */
  readonly left: number;
}

/** How a text is to be split. */
export interface SplitOptions {
  /** Most tokens of a piece, from 1. */
  readonly size: number;
  /** Most tokens that a piece repeats of the one before; less than `size`. */
  readonly overlap: number;
}

/** A text in pieces. Each of them, encoded alone, has at most as many tokens as were asked for. */
export interface SplitText {
  /** Bytes of the text. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Tokens of each piece, encoded alone. */
  readonly tokens: Uint32Array;
  /** Tokens, encoded alone, of what each piece repeats of the one before. */
  readonly overlaps: Uint32Array;
}

/** Which pieces of which text to pack. */
export interface PackArgs {
  readonly text: TextRef;
  readonly pieces: SplitText;
  /** A zip of text files, or JSON lines. */
  readonly format: 'zip' | 'jsonl';
}

/** Many texts at once, none of which is kept. */
export interface ManyArgs {
  readonly tokenizer: TokenizerRef;
  readonly texts: readonly string[];
}

/** Methods of the text worker that look closer at texts. They answer null if the worker lacks the text. */
export type StudyApi = {
  /** How many tokens each text has. */
  count: { args: ManyArgs; result: Uint32Array; progress: SegmentProgress };
  /** The tokens of each text. */
  cutEach: { args: ManyArgs; result: readonly TokenSequence[]; progress: SegmentProgress };
  /** Measures a text, or its parts. */
  measure: { args: MeasureArgs; result: MeasuredText | null; progress: SegmentProgress };
  /** Splits a text at a number of tokens, never within a grapheme cluster. */
  split: {
    args: { readonly tokenizer: TokenizerRef; readonly text: TextRef; readonly options: SplitOptions };
    result: SplitText | null;
    progress: SegmentProgress;
  };
  /** Makes a file of a text's pieces. */
  pack: { args: PackArgs; result: Uint8Array | null };
};

/** All methods of the text worker. */
export type TextWorkerApi = TextApi & StudyApi;
