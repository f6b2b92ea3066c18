import type { MergedToken } from './merged-token';
import type { EncodeOptions, TokenSequence } from './token-sequence';
import type { TextTrace, TraceOptions } from './traces';

/** One token of a vocabulary. */
export interface TokenEntry {
  readonly id: number;
  /** Its bytes in a text, after another token. They need not be valid UTF-8. */
  readonly bytes: Uint8Array;
  /**
   * As the vocabulary spells it (`\u0120the`, `\u2581the`, `##ing`, `<0x0A>`). Where the vocabulary holds bytes: their text
   * as a string literal would write it, so that `\n` is a line break and `\xE2` a byte of a split character.
   */
  readonly name: string;
  /** A control token such as `<|endoftext|>`, which text gives only where special tokens are parsed. */
  readonly special: boolean;
  /** A token that is found in the text before the model sees it; absent where there are only special ones. */
  readonly added?: boolean;
}

/** A special token that is written in a text, and how often. */
export interface SpecialCount {
  readonly name: string;
  readonly count: number;
}

/**
 * Decodes ids that arrive one by one. All its bytes together are those of `decode` on all ids.
 * Bytes come as soon as no later id can change them: with the id itself for byte-level tokenizers; decoders that
 * depend on the end of a text or token (a suffix to strip, a replacement across tokens) hold back what they
 * must, and give it later.
 */
export interface DecodeStream {
  /** The bytes that `id` makes certain, often none. @throws RangeError for an id outside the vocabulary */
  push(id: number): Uint8Array;
  /** What was held back. The stream takes no more ids. */
  end(): Uint8Array;
}

/** A text tokenizer that is loaded and ready. Ids are below `vocabularySize`. */
export interface Tokenizer {
  readonly vocabularySize: number;
  /** The unknown token, such as `[UNK]`; absent where the vocabulary has none. */
  readonly unknownId?: number | undefined;
  /**
   * Segments a text. Lone surrogates become U+FFFD first (`toWellFormed`), as UTF-8 cannot hold them.
   * What a token covers: see `TokenSequence`.
   * @throws TokenoscopeError `special-token` where `special: 'error'` meets one
   */
  encode(text: string, options?: EncodeOptions): TokenSequence;
  /**
   * The same in slices of a few milliseconds, so that a worker can receive an abort.
   * @param onProgress receives the share done, 0 to 1
   * @throws TokenoscopeError `aborted`
   */
  encodeInSlices(
    text: string,
    options: EncodeOptions & { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<TokenSequence>;
  /**
   * The bytes of a token sequence, exactly; they need not be valid UTF-8.
   * @throws RangeError for an id outside the vocabulary
   */
  decode(ids: ArrayLike<number>): Uint8Array;
  /** The same for ids that arrive one by one. */
  decodeStream(): DecodeStream;
  /** The bytes of one token. @throws RangeError for an id outside the vocabulary */
  tokenBytes(id: number): Uint8Array;
  /** Looks a token up; undefined where the vocabulary has none with this id, or the number is not an id. */
  token(id: number): TokenEntry | undefined;
  /**
   * Looks tokens up by their text or bytes, or by their spelling in the vocabulary: `the`, ` the`,
   * `\u2581the`, `<|endoftext|>`. Ids in ascending order; more than one where tokens share their bytes, none where
   * there is no such token. The first call on a large vocabulary may take a second: call it in a worker.
   */
  idsOf(token: string | Uint8Array): readonly number[];
  /**
   * How the text became its tokens; undefined where nothing but a look-up happens (bytes, characters, words).
   * Computed on every call, separately from `encode`: a second per megabyte or more.
   */
  trace(text: string, options?: TraceOptions): TextTrace | undefined;
  /**
   * The special tokens that are written in a text, in the order of their first places. Absent where the vocabulary has
   * none. One search through the text.
   */
  specialsIn?(text: string): readonly SpecialCount[];
  /** How merges make a token; absent or undefined where the model does not merge, or the token is not the model's. */
  merged?(id: number): MergedToken | undefined;
}
