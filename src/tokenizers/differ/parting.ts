/** A text's tokens as one of two tokenizers gives them. */
export interface Pieces {
  readonly ids: ArrayLike<number>;
  /** Bytes of the text. */
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

/** Where two tokenizations part first, until where they meet again. */
export interface Parting {
  /** Bytes of the text. */
  readonly start: number;
  readonly end: number;
  /** Tokens [from, to) of each. */
  readonly first: readonly [number, number];
  readonly second: readonly [number, number];
}

/** How tokens are compared: by their ids, or, where two vocabularies are numbered differently, by where they cut. */
export type CompareBy = 'ids' | 'cuts';

/** The first place where two tokenizations of one text part; undefined where they are the same. */
export function firstParting(a: Pieces, b: Pieces, by: CompareBy): Parting | undefined {
  const isSame = (i: number, j: number) =>
    by === 'ids' ? a.ids[i] === b.ids[j] : a.starts[i] === b.starts[j] && a.ends[i] === b.ends[j];
  const [lengthA, lengthB] = [a.ids.length, b.ids.length];
  let from = 0;
  while (from < lengthA && from < lengthB && isSame(from, from)) from++;
  if (from === lengthA && from === lengthB) return undefined;
  const start = Math.min(a.starts[from] ?? Infinity, b.starts[from] ?? Infinity);
  const endOf = (one: Pieces, i: number) => (i > 0 ? one.ends[i - 1]! : 0);
  let i = from;
  let j = from;
  // They meet where both have a boundary at one byte and the next tokens are the same.
  while (i < lengthA || j < lengthB) {
    const isBoundary = (i > from || j > from) && endOf(a, i) === endOf(b, j);
    if (isBoundary && i < lengthA && j < lengthB && isSame(i, j)) break;
    if (j >= lengthB || (i < lengthA && endOf(a, i) <= endOf(b, j))) i++;
    else j++;
  }
  const end = Math.max(endOf(a, i), endOf(b, j));
  return {
    start: Number.isFinite(start) ? start : end,
    end,
    first: [from, i],
    second: [from, j],
  };
}
