import type { SegmentProgress, TokenizerRef } from './text.api';

/** The tokens of one column. */
export interface ExportedColumn {
  /** Of the tokenizer. */
  readonly id: string;
  readonly label: string;
  /** Spans are bytes of the text. */
  readonly ids: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Whatever else is known of the tokenizer, for JSON. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What is written into a file. */
export interface WriteArgs {
  readonly format: 'csv' | 'json';
  /** UTF-8 of the text. */
  readonly bytes: Uint8Array;
  readonly columns: readonly ExportedColumn[];
  /** What the file says of itself, in JSON. */
  readonly head: Readonly<Record<string, string | number>>;
}

/** Methods of the text worker that make files. */
export type ExportApi = {
  /** Tokens with their spans in bytes, UTF-16 units and code points, as UTF-8 of a file. */
  writeTokens: { args: WriteArgs; result: Uint8Array; progress: SegmentProgress };
  /** What a vocabulary holds, as a sha256 (`vocabularyDigest`); null where it has no list. */
  hashVocabulary: {
    args: { readonly tokenizer: TokenizerRef };
    result: string | null;
    progress: SegmentProgress;
  };
};
