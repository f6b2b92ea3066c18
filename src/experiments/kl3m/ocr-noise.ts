import { mulberry32 } from '../../core/image/noise';

/**
 * What a scan takes letters for: our own list of common confusions. One or two characters become none, one or two. A
 * character that is not here is never damaged.
 */
const CONFUSIONS: Readonly<Record<string, readonly string[]>> = {
  rn: ['m'],
  cl: ['d'],
  vv: ['w'],
  m: ['rn', 'nn', 'in'],
  w: ['vv'],
  d: ['cl', 'a'],
  l: ['1', 'I', 'i'],
  i: ['l', '1', 'j'],
  I: ['l', '1'],
  1: ['l', 'I'],
  O: ['0', 'Q'],
  0: ['O', 'o'],
  o: ['0', 'c', 'e'],
  e: ['c', 'o'],
  c: ['e', 'o'],
  a: ['o', 's', 'e'],
  s: ['5', 'a'],
  S: ['5', '8'],
  B: ['8', 'R'],
  8: ['B', '3'],
  5: ['S', 's'],
  h: ['b', 'n', 'li'],
  b: ['h', '6'],
  n: ['u', 'ri', 'h'],
  u: ['n', 'ii'],
  t: ['f', 'l', 'r'],
  f: ['t', 'r'],
  r: ['t', 'n'],
  g: ['q', '9'],
  q: ['g'],
  y: ['v'],
  v: ['y', 'u'],
  p: ['n', 'o'],
  k: ['lc', 'h'],
  E: ['F', 'B'],
  F: ['P', 'E'],
  C: ['G', '('],
  G: ['C', '6'],
  D: ['O'],
  T: ['1', 'I'],
  '.': [',', ''],
  ',': ['.', ''],
  '-': ['', '~'],
  ';': [':'],
  '’': ["'", ''],
  '“': ['"', "''"],
  '”': ['"', "''"],
  '(': ['C', '{'],
  ')': ['}', 'J'],
  '§': ['S', '5'],
  ' ': ['', '  '],
  '—': ['-', '--'],
};

export interface Damaged {
  readonly text: string;
  /**
   * Where a place between two UTF-16 units of the clean text is in the damaged one, for 0 to its length; -1 inside two
   * characters that became one thing.
   */
  readonly places: Int32Array;
  /** Damaged characters of the clean text. */
  readonly count: number;
}

/**
 * Damages a text as a bad scan does. What a lower rate damages a higher one damages in the same way.
 * @param rate the chance of a character that can be mistaken, 0 to 1
 */
export function damage(text: string, rate: number, seed: number): Damaged {
  const next = mulberry32(seed);
  const places = new Int32Array(text.length + 1).fill(-1);
  let damaged = '';
  let count = 0;
  let free = 0;
  for (let at = 0; at < text.length; at++) {
    // Two numbers for every character, whatever happens to it.
    const chance = next() / 2 ** 32;
    const choice = next();
    if (at < free) continue;
    const pair = CONFUSIONS[text.slice(at, at + 2)];
    const [options, width] = pair && choice % 2 === 0 ? [pair, 2] : [CONFUSIONS[text[at]!], 1];
    places[at] = damaged.length;
    free = at + width;
    if (options && chance < rate) {
      damaged += options[(choice >>> 1) % options.length];
      count += width;
    } else {
      damaged += text[at];
      free = at + 1;
    }
  }
  places[text.length] = damaged.length;
  return { text: damaged, places, count };
}
