import type { TokenoscopeError } from '../../core/errors';
import type { EncodeOptions } from '../../core/text/token-sequence';
import { decodeUtf8, encodeUtf8, isContinuation, utf8Length } from '../../core/text/utf8';
import { textTooLarge } from '../../engine/text/read-text';
import type { ReadText } from '../../engine/text/text.api';
import { indexText, type TextIndex } from '../../engine/text/text-index';
import { formatBytes } from '../../ui/format';

/** A text that arrives with more UTF-8 than this is held outside the text field, whose layout would block. */
export const FIELD_BYTES = 20_000;

/** Typing may go on for longer before the text leaves the field. */
const TYPED_BYTES = 40_000;

/** A longer text is refused if it arrives as characters, which the page itself must turn into bytes. */
const MAX_BYTES = 8_000_000;

/** A file may hold more: a worker reads it, and the page only ever sees its bytes. */
export const MAX_FILE_BYTES = 64_000_000;

/** A longer text is held as bytes only. */
const KEPT_BYTES = 64_000;

/** Where a text comes from. */
export type TextOrigin =
  | { readonly kind: 'sample' }
  | { readonly kind: 'own' }
  | { readonly kind: 'link' }
  | { readonly kind: 'file'; readonly name: string };

/** How special tokens are treated: as they stand in the text, and the tokenizer's own around it. */
export type Treatment = Readonly<Required<EncodeOptions>>;

/** What the user pasted is data. */
const AS_TEXT: Treatment = { special: 'text', addSpecialTokens: false };

/** A text and its UTF-8. Immutable, so that results can be told apart by identity. */
export interface TextDocument {
  /** Tells the texts of one lab apart across its workers. */
  readonly key: number;
  /** As it was given; may hold lone surrogates. Null where it is too large to be edited. */
  readonly text: string | null;
  /** What the tokenizers see: lone surrogates have become U+FFFD. */
  readonly bytes: Uint8Array;
  readonly index: TextIndex;
  readonly origin: TextOrigin;
  /** Whether it is in the text field, where it can be edited. */
  readonly inField: boolean;
  /** How tokenizers treat special tokens in it. */
  readonly encode: Treatment;
  /** Constant while a text is edited; changes when another text replaces it. */
  readonly sheet: number;
}

/** Makes the texts of one lab. */
export class Documents {
  #sheets = 0;
  #keys = 0;
  /** Of the next texts. */
  encode: Treatment = AS_TEXT;

  /**
   * @param edited the text that was edited into this one: it is in the field, and stays there as long as it can
   * @throws TokenoscopeError `text-too-large`
   */
  fromText(text: string, origin: TextOrigin, edited?: TextDocument): TextDocument {
    // Characters first: encoding a gigabyte only to refuse it would take the page down.
    if (text.length > MAX_BYTES) throw tooLarge(utf8Length(text));
    const bytes = encodeUtf8(text);
    if (bytes.length > MAX_BYTES) throw tooLarge(bytes.length);
    return {
      key: ++this.#keys,
      text: bytes.length <= KEPT_BYTES ? text : null,
      bytes,
      index: indexText(bytes),
      origin,
      inField: bytes.length <= (edited ? TYPED_BYTES : FIELD_BYTES),
      encode: this.encode,
      sheet: edited ? edited.sheet : ++this.#sheets,
    };
  }

  /** A text that a worker has read out of a file. */
  fromRead({ bytes, index }: ReadText, origin: TextOrigin): TextDocument {
    return {
      key: ++this.#keys,
      text: bytes.length <= KEPT_BYTES ? decodeUtf8(bytes) : null,
      bytes,
      index,
      origin,
      inField: bytes.length <= FIELD_BYTES,
      encode: this.encode,
      sheet: ++this.#sheets,
    };
  }

  /** The same text with special tokens treated as they are now: to the tokenizers, another text. */
  again(document: TextDocument): TextDocument {
    if (document.encode === this.encode) return document;
    return { ...document, key: ++this.#keys, encode: this.encode };
  }
}

function tooLarge(bytes: number): TokenoscopeError {
  return textTooLarge(
    bytes,
    MAX_BYTES,
    `Your present text is unchanged. Save the new one as a file and drop that: files may have ${formatBytes(MAX_FILE_BYTES)}.`,
  );
}

/** True where a text may arrive in the text field. */
export function fitsField(text: string): boolean {
  return text.length * 3 <= FIELD_BYTES || utf8Length(text) <= FIELD_BYTES;
}

/** The beginning of a text, up to about `limit` bytes of UTF-8, at a line's or at least a character's end. */
export function beginning({ bytes }: Pick<TextDocument, 'bytes'>, limit: number): string {
  let end = Math.min(limit, bytes.length);
  const line = bytes.lastIndexOf(0x0a, end - 1);
  if (end < bytes.length && line > limit / 2) end = line + 1;
  return decodeUtf8(bytes.subarray(0, characterEnd(bytes, end)));
}

/** The last end of a character at or before `offset`. */
export function characterEnd(bytes: Uint8Array, offset: number): number {
  let end = offset;
  while (end > 0 && end < bytes.length && isContinuation(bytes[end]!)) end--;
  return end;
}

/** How many UTF-16 units of a text are half of a pair, so that UTF-8 cannot hold them. */
export function countLoneSurrogates(text: string): number {
  if (text.isWellFormed()) return 0;
  return text.match(/\p{Surrogate}/gu)?.length ?? 0;
}
