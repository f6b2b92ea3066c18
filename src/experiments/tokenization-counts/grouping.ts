import type { TokenBounds } from '../../core/text/boundaries';
import type { Sum } from './sums';

/** How digits are grouped in the text that a tokenizer gets: not, or in threes from the left or from the right. */
export const groupings = ['none', 'left', 'right'] as const;
export type Grouping = (typeof groupings)[number];

/** What is written between groups. */
export const separators = ['comma', 'space'] as const;
export type Separator = (typeof separators)[number];

/** Digits of a group, as in the paper. */
const GROUP = 3;

/** "1234567" as "123,456,7" from the left and "1,234,567" from the right. */
export function group(digits: string, grouping: Grouping, separator: Separator): string {
  if (grouping === 'none') return digits;
  const first = grouping === 'left' ? 0 : digits.length % GROUP;
  const groups = first === 0 ? [] : [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += GROUP) groups.push(digits.slice(at, at + GROUP));
  return groups.join(separator === 'comma' ? ',' : ' ');
}

/** A sum as a tokenizer reads it, with its result. */
export interface WrittenSum {
  /** "1,234+89=1,323"; ASCII. */
  readonly text: string;
  /** For every number, operands first: where its digits are in the text, left to right. */
  readonly digits: readonly (readonly number[])[];
}

/** Writes a sum with its result, as the paper's prompts do: no spaces around the signs. */
export function write({ operands, result }: Sum, grouping: Grouping, separator: Separator): WrittenSum {
  let text = '';
  const digits: number[][] = [];
  for (const [i, number] of [...operands, result].entries()) {
    if (i > 0) text += i === operands.length ? '=' : '+';
    const places: number[] = [];
    for (const letter of group(number, grouping, separator)) {
      if (letter >= '0' && letter <= '9') places.push(text.length);
      text += letter;
    }
    digits.push(places);
  }
  return { text, digits };
}

/** A tokenizer's view of a sum. */
export interface Reading {
  /** For every number, operands first, result last: how many digits each of its tokens holds, left to right. */
  readonly chunks: readonly (readonly number[])[];
  /** Tokens of the whole line, signs and separators too. */
  readonly tokens: number;
}

/** Which digits of each number share a token. @param bounds what the tokenizer made of the text, a byte a character */
export function readTokens({ text, digits }: WrittenSum, { starts, ends }: TokenBounds): Reading {
  const tokenAt = new Int32Array(text.length).fill(-1);
  for (let token = starts.length - 1; token >= 0; token--) {
    tokenAt.fill(token, starts[token]!, ends[token]!);
  }
  const chunks = digits.map((places) => {
    const sizes: number[] = [];
    for (const [i, place] of places.entries()) {
      const isNew = i === 0 || tokenAt[place] !== tokenAt[places[i - 1]!] || tokenAt[place] === -1;
      if (isNew) sizes.push(1);
      else sizes[sizes.length - 1]!++;
    }
    return sizes;
  });
  return { chunks, tokens: starts.length };
}
