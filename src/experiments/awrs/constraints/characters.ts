import { LAST_CHARACTER } from './reading';

/** Code points from one to another, both included. */
export type Range = readonly [low: number, high: number];

/** A set of characters: ranges in ascending order that neither touch nor overlap. */
export type Characters = readonly Range[];

/** A set of ranges in any order. */
export function united(ranges: readonly Range[]): Characters {
  const found: [number, number][] = [];
  for (const [low, high] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = found.at(-1);
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else found.push([low, high]);
  }
  return found;
}

/** Every character that a set has not. */
export function complement(set: Characters): Characters {
  const found: Range[] = [];
  let from = 0;
  for (const [low, high] of set) {
    if (low > from) found.push([from, low - 1]);
    from = high + 1;
  }
  if (from <= LAST_CHARACTER) found.push([from, LAST_CHARACTER]);
  return found;
}

/** Whether a set has some character of a range. */
export function meets(set: Characters, low: number, high: number): boolean {
  return set.some(([from, to]) => from <= high && low <= to);
}

/** The set of some characters and ranges: `charactersOf('_', 'az', '09')`. */
function charactersOf(...ranges: readonly string[]): Characters {
  return united(
    ranges.map((range) => {
      const [low, high = low] = Array.from(range, (each) => each.codePointAt(0)!);
      return [low!, high!];
    }),
  );
}

export const DIGITS = charactersOf('09');
export const WORDS = charactersOf('az', 'AZ', '09', '_');
/** White space as JavaScript's `\s` has it. */
export const SPACES = charactersOf(
  '\t\r',
  ' ',
  '\u00a0',
  '\u1680',
  '\u2000\u200a',
  '\u2028\u2029',
  '\u202f',
  '\u205f',
  '\u3000',
  '\ufeff',
);
const LINE_ENDS = charactersOf('\n', '\r', '\u2028\u2029');
/** What `.` stands for: every character that does not end a line. */
export const DOT = complement(LINE_ENDS);
