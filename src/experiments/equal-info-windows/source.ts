import { encodeUtf8, isContinuation } from '../../core/text/utf8';
import { alice } from '../alice';

/** What M1 learns from: the first part of the text, the book that is shipped, or neither, as a network that was trained. */
export type Learn = 'own' | 'book' | 'network';

interface Source {
  /** Of a short text, the book instead of the text itself. */
  readonly learn: Learn;
  readonly learned: Uint8Array;
  readonly coded: Uint8Array;
  /** Whether what is coded stands in what was learned from. */
  readonly hasRead: boolean;
}

/** Bytes from which on a text is enough to learn from. */
export const ENOUGH = 20_000;

/** Bytes that are coded at most: by n-grams, and by a network, which takes half a millisecond a byte in each coding. */
const CODED = 40_000;
const CODED_BY_NETWORK = 4000;

/** Characters by which a text is known. */
const KNOWN = 200;

/** Bytes to the beginning of a line or word, at most. */
const NEAR = 2000;

/**
 * A text to learn from, and one to code: what is behind seven tenths of it, or the whole of it where M1 learns from the book or
 * the text is short.
 */
export async function sourceOf(text: string, learn: Learn): Promise<Source> {
  const bytes = encodeUtf8(text);
  const cut = bytes.length >= ENOUGH ? beginning(bytes, Math.floor(0.7 * bytes.length)) : 0;
  const codedFrom = (from: number, most: number) =>
    bytes.subarray(from, boundary(bytes, Math.min(bytes.length, from + most)));
  if (learn === 'network') {
    const coded = codedFrom(cut, CODED_BY_NETWORK);
    return { learn, learned: new Uint8Array(), coded, hasRead: false };
  }
  if (learn === 'own' && bytes.length >= ENOUGH) {
    return { learn, learned: bytes.subarray(0, cut), coded: codedFrom(cut, CODED), hasRead: false };
  }
  const book = await alice.load();
  return {
    learn: 'book',
    learned: encodeUtf8(book),
    coded: codedFrom(0, CODED),
    hasRead: stands(text, book),
  };
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
