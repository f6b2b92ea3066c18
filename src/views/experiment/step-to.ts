/**
 * Where a slider goes that moves by whole numbers where only some have a result: an arrow key, which asks for the
 * next number, gets the next of these; anything else the nearest.
 * @param values ascending, one at least
 * @param now one of them, or between two
 * @param next what the slider asks for
 */
export function stepTo(values: readonly number[], now: number, next: number): number {
  const beyond =
    next === now + 1
      ? values.find((value) => value > now)
      : next === now - 1
        ? values.findLast((value) => value < now)
        : undefined;
  if (beyond !== undefined) return beyond;
  return values.reduce((best, value) => (Math.abs(value - next) < Math.abs(best - next) ? value : best));
}
