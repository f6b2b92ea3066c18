/** How much of the last steps' difference is taken back (the official code's values for these three). */
const MOMENTUM = -0.5;
/** The longest that a difference may be. */
const LONGEST = 2.5;

/**
 * Guidance without oversaturation ("Eliminating Oversaturation and Artifacts of High Guidance Scales in Diffusion Models",
 * Sadat et al. 2024; normalized_guidance in cfg_utils.py, github.com/apple/ml-flextok): the difference that the tokens make
 * is averaged over steps, shortened, and only its part across what they say is added.
 * @param scale 1 adds nothing
 * @returns what to call at every step, in order: with the velocity that the tokens give, and the one without them
 */
export function guided(
  scale: number,
): (told: ArrayLike<number>, untold: ArrayLike<number>) => Float32Array<ArrayBuffer> {
  let average: Float32Array<ArrayBuffer> | undefined;
  return (told, untold) => {
    const before = average;
    const difference = Float32Array.from(
      told,
      (value, i) => Math.fround(value - untold[i]!) + MOMENTUM * (before?.[i] ?? 0),
    );
    average = difference;
    const length = Math.sqrt(dot(difference, difference));
    const share = length > LONGEST ? LONGEST / length : 1;
    // The part of the difference that points where the tokens point makes pictures garish, and is left out.
    const along = (share * dot(difference, told)) / Math.max(dot(told, told), 1e-24);
    return Float32Array.from(told, (value, i) => {
      const across = share * difference[i]! - along * value;
      return value + (scale - 1) * across;
    });
  };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
