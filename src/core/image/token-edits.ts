import type { Codebook } from './codebook';
import { mulberry32 } from './noise';

/** What can be done to a row of tokens. Nothing is changed in place; the same seed gives the same row everywhere. */

/** One token of a row has another id. @param at from 0 */
export function withId(ids: Uint32Array, at: number, id: number): Uint32Array {
  const out = ids.slice();
  out[at] = id;
  return out;
}

/** The first k tokens of one row, then those of another; as long as the first row. */
export function splice(head: Uint32Array, tail: Uint32Array, k: number): Uint32Array {
  return head.map((id, i) => (i < k ? id : (tail[i] ?? id)));
}

/** The tokens from k on, in another order. */
export function shuffleTail(ids: Uint32Array, k: number, seed: number): Uint32Array {
  const out = ids.slice();
  const below = upTo(seed);
  for (let i = out.length - 1; i > k; i--) {
    const j = k + below(i - k + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/** The first k tokens, then ids drawn evenly from the codebook. */
export function randomTail(ids: Uint32Array, k: number, codebookSize: number, seed: number): Uint32Array {
  const below = upTo(seed);
  return ids.map((id, i) => (i < k ? id : below(codebookSize)));
}

/** A share of the tokens, chosen evenly, come from another row; the others stay. */
export function mix(ids: Uint32Array, other: Uint32Array, share: number, seed: number): Uint32Array {
  const out = ids.slice();
  for (const at of choose(Math.min(ids.length, other.length), share, seed)) out[at] = other[at]!;
  return out;
}

/** Positions of a share of a row's tokens, chosen evenly: exactly `round(share * count)` of them, in order. */
export function choose(count: number, share: number, seed: number): number[] {
  const order = shuffleTail(
    Uint32Array.from({ length: count }, (_, i) => i),
    0,
    seed,
  );
  return [...order.subarray(0, Math.round(count * share))].sort((a, b) => a - b);
}

/** Positions at which two rows differ. */
export function changedAt(a: Uint32Array, b: Uint32Array): number[] {
  const out: number[] = [];
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) out.push(i);
  return out;
}

/** Whole numbers below a limit, each as likely as any other: what would favour small ones is drawn again. */
function upTo(seed: number): (limit: number) => number {
  const next = mulberry32(seed);
  return (limit) => {
    const fair = 2 ** 32 - (2 ** 32 % limit);
    for (;;) {
      const value = next();
      if (value < fair) return value % limit;
    }
  };
}

/**
 * A share of the tokens, chosen evenly, become one of the codes near to their own. Yields the share of the work done.
 * @param near codes of a token near to an id, other than that one; none leaves the token as it is
 */
export function* perturb(
  ids: Uint32Array,
  share: number,
  seed: number,
  near: (at: number, id: number) => readonly number[],
): Generator<number, Uint32Array> {
  const out = ids.slice();
  const places = choose(ids.length, share, seed);
  // Another sequence than the one that chose the places.
  const below = upTo((seed + 1) >>> 0);
  for (const [done, at] of places.entries()) {
    const codes = near(at, ids[at]!);
    if (codes.length > 0) out[at] = codes[below(codes.length)]!;
    yield (done + 1) / places.length;
  }
  return out;
}

/**
 * Every token becomes the code nearest to a point on the way from its own code to that of another row. Yields the share of
 * the work done.
 * @param share 0 leaves every code where it is, 1 makes it the other row's
 */
export function* interpolate(
  ids: Uint32Array,
  other: Uint32Array,
  share: number,
  { between }: Pick<Codebook, 'between'>,
): Generator<number, Uint32Array> {
  const out = ids.slice();
  for (const [at, id] of ids.entries()) {
    const to = other[at] ?? id;
    if (to !== id) out[at] = share <= 0 ? id : share >= 1 ? to : between(at, id, to, share);
    yield (at + 1) / ids.length;
  }
  return out;
}
