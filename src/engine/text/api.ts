import type { RowLayout, RowOptions } from '../../core/text/rows';
import type { TokenSequence } from '../../core/text/tokens';
import type { TokenizerSpec } from './spec';

/** Which tokenizer a call is about. Workers keep loaded tokenizers by id. */
export interface TokenizerRef {
  readonly id: string;
  /** For messages. */
  readonly label: string;
  readonly spec: TokenizerSpec;
}

/** How far a segmentation has come: first the vocabulary arrives, then the text is cut. */
export type SegmentProgress =
  | {
      readonly phase: 'load';
      /** Bytes so far, as they come over the network. */
      readonly loaded: number;
      /** Undefined where the server does not say. */
      readonly total: number | undefined;
    }
  | { readonly phase: 'encode' /** 0 to 1. */; readonly share: number };

/** A text cut into tokens, ready to be drawn. */
export interface Segmentation {
  /** Byte spans refer to the UTF-8 of the text. */
  readonly tokens: TokenSequence;
  /** Palette index 0..7 of every token. */
  readonly hues: Uint8Array;
  readonly rows: RowLayout;
  /** The options that `rows` was made with. */
  readonly options: RowOptions;
  readonly vocabularySize: number;
  /** UTF-8 length of the text. */
  readonly bytes: number;
  /** Unicode code points of the text. */
  readonly codePoints: number;
}

/** What every call of `TextApi` says. The text travels with each, so that a restarted worker can go on. */
export interface SegmentArgs {
  readonly tokenizer: TokenizerRef;
  readonly text: string;
  readonly options: RowOptions;
}

/** The text worker's methods. */
export type TextApi = {
  /** Loads the tokenizer (once), cuts the text and lays the tokens out. */
  segment: { args: SegmentArgs; result: Segmentation; progress: SegmentProgress };
  /** Lays the same tokens out anew, for another width or with ids. */
  layout: { args: SegmentArgs; result: RowLayout; progress: SegmentProgress };
};
