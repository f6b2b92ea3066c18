/** Amount for each of `count`; undefined where there are none. */
export function per(amount: number, count: number): number | undefined {
  return count === 0 ? undefined : amount / count;
}
