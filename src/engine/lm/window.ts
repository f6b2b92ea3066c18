/**
 * Which part of a long text a model sees. Its context holds `context` ids, the start among them; a window moves on by half
 * of that. The first `context` tokens see the start and everything before them. Each later one sees the window that begins
 * between a half and a whole context before it: at least half a context of what precedes it, without the start, as a cache
 * that was cut would hold. Training measured its held-out figures in the same windows.
 *
 * Places count ids with the start in front: the id at place 0 is the start, the text's first token is at place 1.
 * @param place of the newest id that is seen, by which the token at `place` + 1 is predicted
 * @param context even
 * @returns the place of the oldest id that is seen
 */
export function windowBegin(place: number, context: number): number {
  if (place < context) return 0;
  const half = context / 2;
  return half * (Math.floor(place / half) - 1);
}

/** @returns the first place behind `place` whose window is another one */
export function windowEnd(place: number, context: number): number {
  return windowBegin(place, context) + context;
}
