/**
 * How the positions of a row of `from` values are resized to `to` (torch.nn.functional.interpolate, bilinear,
 * antialias=True): a triangle, as wide as a step where there are fewer values than before.
 * @returns `to` rows of `from` shares that sum to one
 */
export function triangleShares(from: number, to: number): number[][] {
  const step = from / to;
  const reach = Math.max(step, 1);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * step;
    const shares = Array.from({ length: from }, (_, j) =>
      Math.max(0, 1 - Math.abs((j + 0.5 - centre) / reach)),
    );
    const sum = shares.reduce((a, b) => a + b, 0);
    return shares.map((share) => share / sum);
  });
}

/** An enlarged value is the sum over four taps of the original value `index[i]` times `share[i]`. */
export interface Tap {
  readonly index: readonly number[];
  readonly share: readonly number[];
}

/** PyTorch's sharpness of bicubic interpolation. */
const A = -0.75;

/**
 * How a row of `from` pixels is enlarged to `to` (torch.nn.functional.interpolate, bicubic, align_corners=False):
 * Keys' kernel over four neighbours; beyond an end lies the pixel at the end.
 * @returns four taps of `to` values
 */
export function cubicTaps(from: number, to: number): Tap[] {
  const near = (t: number) => ((A + 2) * t - (A + 3)) * t * t + 1;
  const far = (t: number) => ((A * t - 5 * A) * t + 8 * A) * t - 4 * A;
  const sources = Array.from({ length: to }, (_, i) => ((i + 0.5) * from) / to - 0.5);
  return [-1, 0, 1, 2].map((offset) => ({
    index: sources.map((source) => Math.min(from - 1, Math.max(0, Math.floor(source) + offset))),
    share: sources.map((source) => {
      const distance = Math.abs(Math.floor(source) + offset - source);
      return distance < 1 ? near(distance) : far(distance);
    }),
  }));
}
