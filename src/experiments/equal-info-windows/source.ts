import { encodeUtf8, isContinuation } from '../../core/text/utf8';
import { alice } from '../alice';

/** What M1 learns from: the first part of the text, or the book that is shipped. */
export type Learn = 'own' | 'book';

interface Source {
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
const CODED = 40_000;

/** Characters by which a text is known. */
const KNOWN = 200;

/** Bytes to the beginning of a line or word, at most. */
const NEAR = 2000;

/** A text to learn from, and one to code: what is behind seven tenths of it, or the whole of it where M1 learns from the book. */
export async function sourceOf(text: string, learn: Learn): Promise<Source> {
  const bytes = encodeUtf8(text);
  if (learn === 'own' && bytes.length >= ENOUGH) {
    const cut = beginning(bytes, Math.floor(0.7 * bytes.length));
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

const LINE_FEED = 10;
const SPACE = 32;

/** The beginning of the line at a place, or of its word where the line is long. */
function beginning(bytes: Uint8Array, place: number): number {
  const before = bytes.subarray(0, place);
  const line = before.lastIndexOf(LINE_FEED) + 1;
  if (place - line < NEAR) return line;
  const word = before.lastIndexOf(SPACE) + 1;
  return place - word < NEAR ? word : boundary(bytes, place);
}

/** The last place before or at this one that divides no character. */
function boundary(bytes: Uint8Array, place: number): number {
  let at = place;
  while (at > 0 && at < bytes.length && isContinuation(bytes[at]!)) at--;
  return at;
}
