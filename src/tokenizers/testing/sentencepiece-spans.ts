import type { TokenSequence } from '../../core/text/token-sequence';

/**
 * How our spans differ from those of SentencePiece's own library; undefined where they agree.
 *
 * That library gives each piece everything up to the beginning of the next one. Ours are the same, except that
 * 1. what normalization removed belongs to no token: it is left out where a span would begin or end with it;
 * 2. where several pieces come from one character, such as the letters of a ligature, the library gives it to the
 *    last one, and here all of them cover it; byte pieces cover their part of it.
 * @param theirs begin and end of each piece in bytes, one after the other
 * @param isByte whether token `i` is a byte piece
 */
export function spanDifference(
  length: number,
  { starts, ends }: TokenSequence,
  theirs: readonly number[],
  isByte: (i: number) => boolean,
): string | undefined {
  const covered = new Uint8Array(length);
  for (let i = 0; i < starts.length; i++) covered.fill(1, starts[i], ends[i]);
  const isRemoved = (from: number, to: number) => !covered.subarray(from, to).includes(1);
  for (let i = 0; i < starts.length; i++) {
    const [start, end] = [starts[i]!, ends[i]!];
    const [begin, until] = [theirs[2 * i]!, theirs[2 * i + 1]!];
    // A character that later pieces come from as well ends where the library next has a boundary.
    const next = theirs.find((place, k) => k > 2 * i && place > until) ?? length;
    const isShared = theirs[2 * i + 2] === until || next === length;
    const isWithin = start >= begin && start <= end && end <= (isShared ? next : until);
    const isWhole = isByte(i) || (isRemoved(begin, start) && isRemoved(end, until));
    if (!isWithin || !isWhole) return `token ${i} covers ${start} to ${end} instead of ${begin} to ${until}`;
  }
  return undefined;
}
