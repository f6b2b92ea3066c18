/**
 * Places for labels, each as near to what it names as the others let it be, in the same order.
 * @param wanted places; @param gap between two; @param limits of all, which are kept where there is room
 */
export function spread(wanted: readonly number[], gap: number, limits: readonly [number, number]): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const places = [...wanted];
  const [low, high] = limits;
  // Down from the top, then up from the bottom: a crowd at the bottom is pushed up.
  let least = low;
  for (const i of order) {
    places[i] = Math.max(places[i]!, least);
    least = places[i] + gap;
  }
  let most = high;
  for (const i of order.toReversed()) {
    places[i] = Math.min(places[i]!, most);
    most = places[i] - gap;
  }
  return places;
}
