import type { ImageFacts } from '../../measures/image-facts';

/**
 * The part of a metric's axis that shows its values: a little more than they take, so that none of the plot is wasted.
 * @param values finite ones only
 */
export function domainOf(
  { range, better }: Pick<ImageFacts, 'range' | 'better'>,
  values: readonly number[],
): [low: number, high: number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (range) {
    if (values.length === 0) return [...range];
    const [from, to] = range;
    const tenths = (value: number) => ((value - from) / (to - from)) * 10;
    const top = Math.min(10, Math.ceil(tenths(high) + 0.1));
    const bottom = Math.max(0, Math.min(Math.floor(tenths(low) - 0.1), top - 2));
    const at = (place: number) => from + (place * (to - from)) / 10;
    return [at(bottom), at(top)];
  }
  if (better === 'lower') return [0, Math.max(1, Math.ceil(high))];
  if (values.length === 0) return [10, 30];
  return [Math.floor(low - 0.5), Math.ceil(Math.max(high + 0.5, low + 4))];
}
