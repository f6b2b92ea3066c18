import { encodeUtf8, isContinuation } from '../../core/text/utf8';
import { alice } from '../alice';

/** What M1 learns from: the first part of the text, or the book that is shipped. */
export type Learn = 'own' | 'book';

export interface Source {
  /** Of a short text, always the book. */
  readonly learn: Learn;
  readonly learned: Uint8Array;
  readonly coded: Uint8Array;
  /** Whether what is coded stands in what was learned from. */
  readonly hasRead: boolean;
}

/** Bytes from which on a text is enough to learn from. */
export const ENOUGH = 20_000;

/** Bytes that are coded at most. */
export const CODED = 20_000;

/** Characters by which a text is known. */
const KNOWN = 200;

/** A text to learn from, and one to code: the last fifth of a text, or the whole of it where M1 learns from the book. */
export async function sourceOf(text: string, learn: Learn): Promise<Source> {
  const bytes = encodeUtf8(text);
  if (learn === 'own' && bytes.length >= ENOUGH) {
    const cut = boundary(bytes, Math.floor(0.8 * bytes.length));
    const end = boundary(bytes, Math.min(bytes.length, cut + CODED));
    return { learn, learned: bytes.subarray(0, cut), coded: bytes.subarray(cut, end), hasRead: false };
  }
  const book = await alice.load();
  const coded = bytes.subarray(0, boundary(bytes, Math.min(bytes.length, CODED)));
  return { learn: 'book', learned: encodeUtf8(book), coded, hasRead: stands(text, book) };
}

function stands(text: string, book: string): boolean {
  return text.trim() !== '' && book.includes(text.trim().slice(0, KNOWN));
}

/** The last place before or at this one that divides no character. */
function boundary(bytes: Uint8Array, place: number): number {
  let at = place;
  while (at > 0 && at < bytes.length && isContinuation(bytes[at]!)) at--;
  return at;
}
