import type { RowLayout, RowOptions } from '../../core/text/rows';
import type { TokenSpans } from '../../core/text/spans';
import type { TokenGlyphs, TokenLoss } from '../../core/text/token-glyphs';
import type { TokenSequence } from '../../core/text/token-sequence';
import type { TokenEntry } from '../../core/text/tokens';
import type { TextTrace, TraceOptions } from '../../core/text/traces';
import type { TokenizerFileKind } from '../../tokenizers/files/recognise-tokenizer';
import type { TokenizerSpec } from '../../tokenizers/spec';
import type { NamedBlob } from '../storage/named-blob';
import type { StoredTokenizer } from '../storage/tokenizer-store';
import type { TextIndex } from './text-index';

/** How a worker comes by a tokenizer: one of the catalogue's, or out of files. */
export type TokenizerSource =
  | TokenizerSpec
  | { readonly kind: 'files'; readonly files: readonly NamedBlob[] };

/** Which tokenizer a call is about. Workers keep loaded tokenizers by id. */
export interface TokenizerRef {
  readonly id: string;
  /** For messages. */
  readonly label: string;
  readonly spec: TokenizerSource;
}

/** How far a segmentation has come: first the vocabulary arrives, then the text is cut. */
export type SegmentProgress =
  | {
      readonly phase: 'load';
      /** Bytes so far, as they come over the network or are read from a file. */
      readonly loaded: number;
      /** Undefined where the server does not say. */
      readonly total: number | undefined;
    }
  | { readonly phase: 'encode' /** 0 to 1. */; readonly share: number };

/** A text cut into tokens, ready to be drawn. */
export interface Segmentation {
  /** Byte spans refer to the UTF-8 of the text. Shared with the worker where the page may share memory. */
  readonly tokens: TokenSequence;
  /** Palette index 0..7 of every token. */
  readonly hues: Uint8Array;
  /** The tokens that are drawn by their spelling. */
  readonly glyphs: TokenGlyphs;
  /** What of the text is in no token; null where nothing is lost. */
  readonly loss: TokenLoss | null;
  /** How tokens are ordered on screen (`tokenLevels`); absent where all of them run from left to right. */
  readonly levels?: Uint8Array | undefined;
  readonly rows: RowLayout;
  /** The options that `rows` was made with. */
  readonly options: RowOptions;
  readonly vocabularySize: number;
  /** What the user should know of the tokenizer, in sentences: parts of its file that are not followed, say. */
  readonly notes: readonly string[];
  /** UTF-8 length of the text. */
  readonly bytes: number;
  /** Unicode code points of the text. */
  readonly codePoints: number;
}

/** A text as a worker is told of it: by number, and by its bytes where it may not have them yet. */
export interface TextRef {
  readonly key: number;
  readonly bytes?: Uint8Array;
}

/** What the calls that cut a text say. */
export interface SegmentArgs {
  readonly tokenizer: TokenizerRef;
  readonly text: TextRef;
  readonly options: RowOptions;
}

/** A tokenizer file that has been read and found usable. */
export interface AcceptedTokenizer {
  /** Of the file; of a vocabulary and its merges together, of both hashes in that order. Lower-case hex. */
  readonly sha256: string;
  readonly kind: TokenizerFileKind;
  /** Bytes of all files. */
  readonly size: number;
  readonly vocabularySize: number;
  readonly notes: readonly string[];
}

/** How far a tokenizer file has come: its bytes are read, then made sense of. */
export interface AcceptProgress {
  readonly phase: 'read' | 'parse';
  readonly loaded: number;
  readonly total: number;
}

/** A text file as bytes for the tokenizers. */
export interface ReadText {
  /** UTF-8, well formed; shared memory where the page may have it. */
  readonly bytes: Uint8Array;
  readonly index: TextIndex;
  /** What had to be done to read it, in plain words; empty where nothing had to. */
  readonly note: string;
}

/** Which bytes of which text. */
export interface SpansArgs {
  readonly text: TextRef;
  readonly start: number;
  readonly end: number;
  /** UTF-16 units before the character that `start` is in. */
  readonly unit: number;
}

/** Of which text, and of how much of it, to tell how it became its tokens. */
export interface TraceArgs {
  readonly tokenizer: TokenizerRef;
  readonly text: TextRef;
  readonly options: TraceOptions;
}

/** A question to a vocabulary. */
export type LookUpQuery = { readonly id: number } | { readonly token: string };

/** The text worker's methods. A call that needs a text the worker does not have answers null: send it along. */
export type TextApi = {
  /** Loads the tokenizer (once), cuts the text and lays the tokens out. */
  segment: { args: SegmentArgs; result: Segmentation | null; progress: SegmentProgress };
  /** Lays the same tokens out anew, for another width or with ids. */
  layout: { args: SegmentArgs; result: RowLayout | null; progress: SegmentProgress };
  /** Reads a tokenizer out of files and keeps it, under the id of its content. */
  accept: {
    args: { readonly files: readonly NamedBlob[] };
    result: AcceptedTokenizer;
    progress: AcceptProgress;
  };
  /** Stores tokenizer files in this browser. */
  store: {
    args: { readonly record: StoredTokenizer; readonly files: readonly NamedBlob[] };
    result: null;
  };
  /** Tokens with an id, a text or a spelling. */
  lookUp: {
    args: { readonly tokenizer: TokenizerRef; readonly query: LookUpQuery };
    result: readonly TokenEntry[];
    progress: SegmentProgress;
  };
  /** Where bytes of a text lie in other measures; counts grapheme clusters as far as it has to, in slices. */
  spans: {
    args: SpansArgs;
    result: TokenSpans | null;
  };
  /** How the text became its tokens; made anew at every call. */
  trace: {
    args: TraceArgs;
    result: { readonly trace: TextTrace | undefined } | null;
    progress: SegmentProgress;
  };
  /** Reads a text file. */
  readText: {
    args: { readonly file: NamedBlob; readonly limit: number };
    result: ReadText;
    progress: { readonly loaded: number; readonly total: number };
  };
  /** Drops what is kept for a tokenizer's column; the tokenizer stays loaded. */
  forget: { args: { readonly tokenizer: string }; result: null };
  /** Answers as soon as the worker is free to. */
  ping: { args: null; result: null };
};
