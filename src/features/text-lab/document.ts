import { TokenoscopeError } from '../../core/errors';
import { decodeUtf8, encodeUtf8, isContinuation, utf8Length } from '../../core/text/utf8';
import { formatBytes } from '../../ui/format';

/** A text that arrives with more UTF-8 than this is held outside the text field, whose layout would block. */
export const FIELD_BYTES = 20_000;

/** Typing may go on for longer before the text leaves the field. */
const TYPED_BYTES = 40_000;

/** A longer text is refused: its tokens would take a gigabyte. */
const MAX_BYTES = 8_000_000;

/** Where a text comes from. */
export type TextOrigin =
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'own' }
  | { readonly kind: 'link' }
  | { readonly kind: 'file'; readonly name: string };

/** A text and its UTF-8. Immutable, so that results can be told apart by identity. */
export interface TextDocument {
  /** As it was given; may hold lone surrogates. */
  readonly text: string;
  /** What the tokenizers see: lone surrogates have become U+FFFD. */
  readonly bytes: Uint8Array;
  readonly origin: TextOrigin;
  /** Whether it stands in the text field, where it can be edited. */
  readonly inField: boolean;
  /** Stays while a text is edited, and changes when another takes its place. */
  readonly sheet: number;
}

let sheets = 0;

/**
 * @param edited the text that this one comes from by typing: the field holds it, and should for as long as it can
 * @throws TokenoscopeError `text-too-large`
 */
export function createDocument(text: string, origin: TextOrigin, edited?: TextDocument): TextDocument {
  // Characters first: encoding a gigabyte only to refuse it would take the page down.
  if (text.length > MAX_BYTES) throw tooLarge(utf8Length(text));
  const bytes = encodeUtf8(text);
  if (bytes.length > MAX_BYTES) throw tooLarge(bytes.length);
  return {
    text,
    bytes,
    origin,
    inField: bytes.length <= (edited ? TYPED_BYTES : FIELD_BYTES),
    sheet: edited ? edited.sheet : ++sheets,
  };
}

/** Refuses a file by its size, before it is read. @throws TokenoscopeError `text-too-large` */
export function assertFileSize(bytes: number): void {
  // UTF-16 shrinks when it becomes UTF-8.
  if (bytes > 2 * MAX_BYTES) throw tooLarge(bytes);
}

function tooLarge(bytes: number): TokenoscopeError {
  return new TokenoscopeError(
    'text-too-large',
    `This text is ${formatBytes(bytes)}; the page takes up to ${formatBytes(MAX_BYTES)}.`,
    'Your present text is unchanged. Try a part of the new one.',
  );
}

/** True where a text may arrive in the text field. */
export function fitsField(text: string): boolean {
  return text.length * 3 <= FIELD_BYTES || utf8Length(text) <= FIELD_BYTES;
}

/** The beginning of a text, up to about `limit` bytes of UTF-8, at a line's or at least a character's end. */
export function beginning(document: TextDocument, limit: number): string {
  const { bytes } = document;
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

/** UTF-16 span of the characters that a byte span touches: one linear look at the bytes before it. */
export function utf16Span(bytes: Uint8Array, start: number, end: number): readonly [number, number] {
  let from = start;
  while (from > 0 && isContinuation(bytes[from] ?? 0)) from--;
  let to = end;
  while (to < bytes.length && isContinuation(bytes[to]!)) to++;
  const before = countUnits(bytes, 0, from);
  return [before, before + countUnits(bytes, from, to)];
}

function countUnits(bytes: Uint8Array, from: number, to: number): number {
  let units = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (!isContinuation(byte)) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

/** Unicode code points of UTF-8: its bytes but for those that continue a character. */
export function countCodePoints(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (!isContinuation(bytes[i]!)) count++;
  return count;
}

/** How many UTF-16 units of a text are half of a pair, so that UTF-8 cannot hold them. */
export function countLoneSurrogates(text: string): number {
  if (text.isWellFormed()) return 0;
  return text.match(/\p{Surrogate}/gu)?.length ?? 0;
}
