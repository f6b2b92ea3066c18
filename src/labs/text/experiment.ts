import type { Json } from '../../core/link/json';
import type { TokenizerOrigin } from '../../core/link/tokenizer-origin';
import type { SpecialTokens } from '../../core/text/token-sequence';

/** What the text lab shows, as a link or an experiment file holds it. */
export interface TextExperiment {
  /** Catalogue ids and ids of tokenizer files (see core/link/tokenizer-file.ts), in column order. */
  readonly tokenizers: readonly string[];
  /** What the files among the tokenizers are called, by id; absent where there are none. */
  readonly fileNames?: Readonly<Record<string, string>>;
  /** Where files among the tokenizers can be fetched from, by id; absent where nothing is known. */
  readonly fileOrigins?: Readonly<Record<string, TokenizerOrigin>>;
  /**
   * The text: as a string, where it is short or UTF-8 cannot hold it (lone surrogates); as UTF-8 where it is long; or
   * only its length, where it does not travel.
   */
  readonly text:
    | { readonly kind: 'inline'; readonly value: string }
    | { readonly kind: 'utf8'; readonly bytes: Uint8Array }
    | { readonly kind: 'omitted'; readonly bytes: number };
  readonly showIds: boolean;
  readonly showWhitespace: boolean;
  /** How special tokens that stand in the text are treated; absent where they are text. */
  readonly special?: SpecialTokens;
  /** Set where the tokenizers' own special tokens are added. */
  readonly addSpecialTokens?: true;
  /** The pane in front; absent while the columns of tokens are. */
  readonly pane?: string;
  /** What parts of the lab have been set to, by part; absent where all are at their defaults. */
  readonly settings?: Readonly<Record<string, Json>>;
}
