/**
 * What a constraint has read of a string so far. Immutable. There is one only where the string can still become valid,
 * so that whoever follows a constraint never stands where nothing can follow.
 */
export interface Reading {
  /** The fewest characters that complete the string: 0 where it is valid as it stands. */
  readonly shortest: number;
  /** Reads one more character; undefined where nothing valid begins like this. */
  read(character: number): Reading | undefined;
  /**
   * The fewest characters that complete the string behind one of a range of characters; Infinity where none of them can
   * be read. A token may end within a character: its first bytes say no more than such a range.
   * @param low a code point
   * @param high the last one of the range
   */
  shortestBehind(low: number, high: number): number;
}

/** The largest code point. */
export const LAST_CHARACTER = 0x10ffff;
