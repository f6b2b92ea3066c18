import { mulberry32 } from '../../core/image/noise';

/** A change of a text, in UTF-16 units of the text before any change. */
export interface Typo {
  readonly start: number;
  readonly end: number;
  /** What stands there instead of `[start, end)`. */
  readonly put: string;
  /** The letters around it. */
  readonly word: { readonly start: number; readonly end: number };
}

/** Letters that a word must have to get a typo. */
const LEAST = 4;

const WORDS = new RegExp(String.raw`\p{L}[\p{L}\p{M}]{${LEAST - 1},}`, 'gu');

/**
 * A typo for every word of four letters or more, in the order in which words get theirs: the first n of them are what a
 * text with n typos has, so that more typos only add to fewer. Each swaps two neighbours, drops a letter or changes its
 * case, with equal chances; where that changes nothing, it drops the letter.
 * @param seed same text and seed, same typos
 */
export function planTypos(text: string, seed: number): readonly Typo[] {
  const random = mulberry32(seed);
  const below = (count: number) => Math.floor((random() / 2 ** 32) * count);
  const words = [...text.matchAll(WORDS)].map(({ index, 0: word }) => ({ start: index, letters: [...word] }));
  for (let i = words.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [words[i], words[j]] = [words[j]!, words[i]!];
  }
  return words.map(({ start, letters }) => {
    const kind = below(3);
    const at = below(kind === 0 ? letters.length - 1 : letters.length);
    const from = start + letters.slice(0, at).join('').length;
    const old = letters.slice(at, at + (kind === 0 ? 2 : 1)).join('');
    const put = kind === 0 ? letters[at + 1]! + letters[at]! : kind === 1 ? '' : otherCase(old);
    const word = { start, end: start + letters.join('').length };
    if (put !== old) return { start: from, end: from + old.length, put, word };
    return { start: from, end: from + letters[at]!.length, put: '', word };
  });
}

function otherCase(letter: string): string {
  const upper = letter.toUpperCase();
  return letter === upper ? letter.toLowerCase() : upper;
}

/** A text with typos, and where its places have gone. */
export interface Mistyped {
  readonly text: string;
  /** The typos by place. */
  readonly typos: readonly Typo[];
  /** New place of each old one, in UTF-16 units; of one inside a typo, the typo's end. */
  readonly places: Uint32Array;
}

/** Makes typos, no two of which overlap. Linear time. */
export function withTypos(text: string, typos: readonly Typo[]): Mistyped {
  const sorted = [...typos].sort((a, b) => a.start - b.start);
  const places = new Uint32Array(text.length + 1);
  const parts: string[] = [];
  let at = 0;
  let length = 0;
  const keepTo = (end: number) => {
    for (let i = at; i <= end; i++) places[i] = length + i - at;
    parts.push(text.slice(at, end));
    length += end - at;
    at = end;
  };
  for (const { start, end, put } of sorted) {
    keepTo(start);
    parts.push(put);
    length += put.length;
    places.fill(length, start + 1, end + 1);
    at = end;
  }
  keepTo(text.length);
  return { text: parts.join(''), typos: sorted, places };
}
