import type { LoadProgress } from '../rpc/protocol';
import type { ByteReading } from './read-bytes';
import type { TokenReading } from './read-tokens';

/** A language model and where its folder is. */
export interface LmRef {
  /** A folder's name in `lm/`. */
  readonly id: string;
  /** Absolute address of the folder of language models, ending in /. */
  readonly folderUrl: string;
}

/** What a call says while it is at work. */
export type LmProgress<Reading> =
  | { readonly kind: 'load'; readonly load: LoadProgress }
  /** What is known so far. */
  | { readonly kind: 'so-far'; readonly reading: Reading };

/** What the tokens of a model are: the bytes of all, one behind the other, and where each begins. */
export interface LmSpelling {
  readonly bytes: Uint8Array;
  /** One more than there are tokens. */
  readonly starts: Uint32Array;
}

/** The language models' worker. */
export type LmApi = {
  /** Reads a text by the model's own tokens. What begins like the text that was read last is not computed again. */
  readTokens: {
    args: { readonly model: LmRef /** UTF-8. */; readonly bytes: Uint8Array };
    result: TokenReading;
    progress: LmProgress<TokenReading>;
  };
  /** Reads a text byte by byte, exactly: over all tokens that each byte may lie within. */
  readBytes: {
    args: { readonly model: LmRef; readonly bytes: Uint8Array };
    result: ByteReading;
    progress: LmProgress<ByteReading>;
  };
  /** The bytes of every token. */
  spell: { args: { readonly model: LmRef }; result: LmSpelling; progress: LmProgress<never> };
};
