import { meets, SPACES } from './characters';
import type { Reading } from './reading';

/** The strings of exactly so many characters (code points). @param length 1 or more */
export function ofCharacters(length: number): Reading {
  const readings = new Map<number, Reading>();
  const left = (shortest: number): Reading => {
    const known = readings.get(shortest);
    if (known) return known;
    const found: Reading = {
      shortest,
      read: () => (shortest > 0 ? left(shortest - 1) : undefined),
      shortestBehind: () => (shortest > 0 ? shortest - 1 : Number.POSITIVE_INFINITY),
    };
    readings.set(shortest, found);
    return found;
  };
  return left(length);
}

/**
 * The strings of exactly so many words, which are what stands between white space; the first word begins the string, and
 * one character of white space parts two words.
 * @param words 1 or more
 */
export function ofWords(words: number): Reading {
  const readings = new Map<string, Reading>();
  const at = (begun: number, isInside: boolean): Reading => {
    const name = `${begun} ${isInside}`;
    const known = readings.get(name);
    if (known) return known;
    const ahead = words - begun;
    // A word to come is a character; white space stands in front of it, unless that was just read.
    const shortest = isInside || ahead === 0 ? 2 * ahead : 2 * ahead - 1;
    const space = (): Reading | undefined => (isInside && ahead > 0 ? at(begun, false) : undefined);
    const other = (): Reading | undefined =>
      isInside ? at(begun, true) : ahead > 0 ? at(begun + 1, true) : undefined;
    const found: Reading = {
      shortest,
      read: (character) => (meets(SPACES, character, character) ? space() : other()),
      shortestBehind: (low, high) => {
        const behind = [meets(SPACES, low, high) ? space() : undefined, other()];
        return Math.min(
          Number.POSITIVE_INFINITY,
          ...behind.map((each) => each?.shortest ?? Number.POSITIVE_INFINITY),
        );
      },
    };
    readings.set(name, found);
    return found;
  };
  return at(0, false);
}
