import type { ImageView, Pair } from '../experiment';

/** Whether both pictures exist. @param lanes their number */
export function isWithin(pair: Pair, lanes: number): boolean {
  return Math.max(...pair) <= lanes;
}

/**
 * The two pictures that a view in one place compares: those that were chosen where they exist, else the first lane with
 * the original, and by wipe and blink two lanes where there are two.
 * @param chosen null for the default
 * @param hasOriginal false for tokens that came in a link
 * @returns null where there is only one picture
 */
export function pairOf(
  view: ImageView,
  chosen: Pair | null,
  lanes: number,
  hasOriginal: boolean,
): Pair | null {
  if (chosen && isWithin(chosen, lanes) && (hasOriginal || !chosen.includes(0))) return chosen;
  const places = view === 'wipe' || view === 'blink';
  if (lanes > 1 && (places || !hasOriginal)) return [1, 2];
  return hasOriginal ? [0, 1] : null;
}
