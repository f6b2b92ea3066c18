import type { RowLayout, RowOptions } from '../../core/text/rows';
import type { TokenSpans } from '../../core/text/spans';
import type { TokenChanges } from '../../core/text/token-changes';
import type { TokenExplanation } from '../../core/text/token-explanation';
import type { TokenGlyphs, TokenLoss } from '../../core/text/token-glyphs';
import type { EncodeOptions, TokenSequence } from '../../core/text/token-sequence';
import type { SpecialCount, TokenEntry } from '../../core/text/tokens';
import type { TextTrace, TraceOptions } from '../../core/text/traces';
import type { BestSegmentations, CutCurve, CutState } from '../../core/text/vocabulary-cut';
import type { Encodings } from '../../tokenizers/files/choose-encoding';
import type { TokenizerFileKind } from '../../tokenizers/files/recognise-tokenizer';
import type { TokenizerSpec } from '../../tokenizers/spec';
import type { NamedBlob } from '../storage/named-blob';
import type { StoredTokenizer } from '../storage/tokenizer-store';
import type { CheckApi } from './check.api';
import type { TokenInText } from './explain-token';
import type { TextIndex } from './text-index';

/** Where a worker gets a tokenizer from: the catalogue, or files. */
export type TokenizerSource =
  | TokenizerSpec
  | {
      readonly kind: 'files';
      readonly files: readonly NamedBlob[];
      /** The encoding that was chosen for a file that does not name its own. */
      readonly encoding?: string | undefined;
    };

/** Which tokenizer a call is about. Workers keep loaded tokenizers by id. */
export interface TokenizerRef {
  readonly id: string;
  /** For messages. */
  readonly label: string;
  readonly spec: TokenizerSource;
}

/** Progress of a segmentation: first the vocabulary arrives, then the text is segmented. */
export type SegmentProgress =
  | {
      readonly phase: 'load';
      /** Bytes so far, as they come over the network or are read from a file. */
      readonly loaded: number;
      /** Undefined where the server does not tell. */
      readonly total: number | undefined;
    }
  | { readonly phase: 'encode' /** 0 to 1. */; readonly share: number };

/** How the special tokens of a text were read, and what another reading gives. */
export interface SpecialReading {
  /** Those that are written in the text. */
  readonly written: readonly SpecialCount[];
  /** Tokens of the text where those are read the other way, parsed or as text; null where the text is too long for that. */
  readonly otherwise: number | null;
  /** Names of the tokens that were put around the text, in order. */
  readonly added: readonly string[];
}

/** A segmented text, ready to be drawn. */
export interface Segmentation {
  /** Byte spans refer to the UTF-8 of the text. Shared with the worker where the page may share memory. */
  readonly tokens: TokenSequence;
  /** Palette index 0..7 of every token. */
  readonly hues: Uint8Array;
  /** The tokens that are drawn by their spelling. */
  readonly glyphs: TokenGlyphs;
  /** The tokens that do not stand for the text as it is written. */
  readonly changes: TokenChanges;
  /** The parts of the text that no token holds; null where nothing is lost. */
  readonly loss: TokenLoss | null;
  /** How tokens are ordered on screen (`tokenLevels`); absent where all of them run from left to right. */
  readonly levels?: Uint8Array | undefined;
  readonly rows: RowLayout;
  /** The options that `rows` was made with. */
  readonly options: RowOptions;
  readonly vocabularySize: number;
  /** What the user should know about the tokenizer, in sentences: ignored parts of its file, for example. */
  readonly notes: readonly string[];
  /** Where the tokenizer's file does not say how texts are split: how they are, and how else they could be. */
  readonly encodings?: Encodings | undefined;
  /** UTF-8 length of the text. */
  readonly bytes: number;
  /** Unicode code points of the text. */
  readonly codePoints: number;
  /** Absent where no special token is written in the text and none was added. */
  readonly special?: SpecialReading | undefined;
  /** Words of the text (Unicode UAX 29 segments that hold a letter or number). */
  readonly words: number;
}

/** A text as sent to a worker: its number, and its bytes if the worker may not have them yet. */
export interface TextRef {
  readonly key: number;
  readonly bytes?: Uint8Array;
}

/** The arguments of calls that segment a text. */
export interface SegmentArgs {
  readonly tokenizer: TokenizerRef;
  readonly text: TextRef;
  readonly options: RowOptions;
  /** How special tokens are treated; another way comes with another number of the text. */
  readonly encode?: EncodeOptions | undefined;
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
  /** What is to be kept: of a GGUF file only the part about the tokenizer, and nothing that is not needed. */
  readonly files: readonly NamedBlob[];
  /** The Jinja template that puts conversations together, where the files have one. */
  readonly chatTemplate?: string;
}

/** Progress of a tokenizer file: its bytes are read, then parsed. */
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
  /** What had to be done to read it, in plain words; empty if nothing. */
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

/** Which text, and how much of it, to trace. */
export interface TraceArgs {
  readonly tokenizer: TokenizerRef;
  readonly text: TextRef;
  readonly options: TraceOptions;
}

/** Which token of which text to explain. */
export interface ExplainArgs {
  readonly tokenizer: TokenizerRef;
  readonly text: TextRef;
  readonly token: TokenInText;
}

/** Which text to cut with which part of a vocabulary. */
export interface CutArgs {
  readonly tokenizer: TokenizerRef;
  readonly text: TextRef;
  /** Entries of the vocabulary; fewer or more than it can have are its ends. */
  readonly size: number;
}

/** A text as a smaller vocabulary cuts it. */
export interface CutView {
  /** Its `vocabularySize` is the number of entries that are left. */
  readonly segmentation: Segmentation;
  readonly cut: CutState;
}

/** A question to a vocabulary. */
export type LookUpQuery = { readonly id: number } | { readonly token: string };

/** The text worker's methods. A call answers null if the worker lacks the text: send it along then. */
export type TextApi = CheckApi<TokenizerRef, SegmentProgress> & {
  /** Loads the tokenizer (once), segments the text and lays the tokens out. */
  segment: { args: SegmentArgs; result: Segmentation | null; progress: SegmentProgress };
  /** Lays out the same tokens again, for another width or with ids. */
  layout: { args: SegmentArgs; result: RowLayout | null; progress: SegmentProgress };
  /** Reads a tokenizer from files and keeps it in memory, under the id of its content. */
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
  /** The Jinja template that puts conversations together; null where the tokenizer's files have none. */
  chatTemplate: {
    args: { readonly tokenizer: TokenizerRef };
    result: string | null;
    progress: SegmentProgress;
  };
  /** Spans of a text's bytes in other units; counts grapheme clusters as far as needed, in slices. */
  spans: {
    args: SpansArgs;
    result: TokenSpans | null;
  };
  /** How the text became its tokens; computed on every call. */
  trace: {
    args: TraceArgs;
    result: { readonly trace: TextTrace | undefined } | null;
    progress: SegmentProgress;
  };
  /** What there is to know about one token. */
  explain: {
    args: ExplainArgs;
    result: TokenExplanation | null;
    progress: SegmentProgress;
  };
  /** A text with a part of the vocabulary; `view` is null where the vocabulary cannot be cut. */
  cutText: {
    args: CutArgs & { readonly options: RowOptions };
    result: { readonly view: CutView | null } | null;
    progress: SegmentProgress;
  };
  /** How many tokens a text has, by the size of the vocabulary: at the sizes named, or at some from end to end. */
  cutCurve: {
    args: Omit<CutArgs, 'size'> & { readonly sizes?: readonly number[] };
    result: { readonly curve: CutCurve | null } | null;
    progress: SegmentProgress;
  };
  /** The `count` most likely segmentations of the piece with a byte, under a cut Unigram vocabulary; null for others. */
  cutBest: {
    args: CutArgs & { readonly at: number; readonly count: number };
    result: { readonly best: BestSegmentations | null } | null;
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
  /** Answers as soon as the worker is free. */
  ping: { args: null; result: null };
};
