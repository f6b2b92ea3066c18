/** Number of token fills in the palette (`--token-0` ... `--token-7`), 45 degrees of hue apart. */
const HUES = 8;

/**
 * Whether two palette indices are less than 90 degrees of hue apart. Successive indices are 135 degrees
 * apart, so this holds for equal ones and for those three steps from each other.
 */
function tooClose(a: number | undefined, b: number): boolean {
  if (a === undefined) return false;
  const steps = (a - b + HUES) % HUES;
  return steps === 0 || steps === 3 || steps === 5;
}

/**
 * A palette index 0..7 for every position of a token sequence: the same id has the same hue throughout, and a
 * new id takes the next hue of the cycle that differs by 90 degrees or more from the token before it and,
 * where that one has its hue already, from the token after it. (Two ids that both had their hues before they
 * first met may be alike: no fixed palette can prevent that.) Linear time.
 */
export function assignHues(ids: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const hues = new Uint8Array(ids.length);
  const byId = new Map<number, number>();
  let next = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    let hue = byId.get(id);
    if (hue === undefined) {
      const before = i > 0 ? hues[i - 1] : undefined;
      const after = i + 1 < ids.length ? byId.get(ids[i + 1]!) : undefined;
      hue = next;
      // Each neighbour rules out three of the eight, so two or more are left.
      while (tooClose(before, hue) || tooClose(after, hue)) hue = (hue + 1) % HUES;
      next = (hue + 1) % HUES;
      byId.set(id, hue);
    }
    hues[i] = hue;
  }
  return hues;
}
