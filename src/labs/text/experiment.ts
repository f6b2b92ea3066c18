/** What the text lab shows, as a link holds it. */
export interface TextExperiment {
  /** Catalogue ids and ids of tokenizer files (see core/link/tokenizer-file.ts), in column order. */
  readonly tokenizers: readonly string[];
  /** What the files among the tokenizers are called, by id; absent where there are none. */
  readonly fileNames?: Readonly<Record<string, string>>;
  /** The text, or how long it was where it was too long for a link. */
  readonly text:
    | { readonly kind: 'inline'; readonly value: string }
    | { readonly kind: 'omitted'; readonly bytes: number };
  readonly showIds: boolean;
  readonly showWhitespace: boolean;
}
