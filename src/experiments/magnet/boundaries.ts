/** Features of a byte: the last one to four bytes, hashed. */
const ORDERS = 4;
const TABLE = 1 << 15;

/** Step of Adagrad. */
const RATE = 0.3;

/** A logistic model of whether a byte is the last of its segment, by the last four bytes. */
export class BoundaryPredictor {
  readonly #weights = new Float64Array(TABLE + 1);
  readonly #squares = new Float64Array(TABLE + 1).fill(1e-6);

  /** @param share what it says of every byte before it has learned */
  constructor(share: number) {
    this.#weights[TABLE] = Math.log(share / (1 - share));
  }

  /** The probability that a segment ends with each byte. */
  probabilities(features: Uint32Array): Float64Array {
    const weights = this.#weights;
    const length = features.length / ORDERS;
    const result = new Float64Array(length);
    for (let at = 0; at < length; at++) {
      let logit = weights[TABLE]!;
      for (let i = 0; i < ORDERS; i++) logit += weights[features[at * ORDERS + i]!]!;
      result[at] = 1 / (1 + Math.exp(-logit));
    }
    return result;
  }

  /** A step against the gradient. @param slopes of the loss by each byte's logit */
  learn(features: Uint32Array, slopes: Float64Array): void {
    for (let at = 0; at < slopes.length; at++) {
      for (let i = 0; i < ORDERS; i++) this.#step(features[at * ORDERS + i]!, slopes[at]!);
      this.#step(TABLE, slopes[at]! / 8);
    }
  }

  #step(weight: number, slope: number): void {
    this.#squares[weight]! += slope * slope;
    this.#weights[weight]! -= (RATE * slope) / Math.sqrt(this.#squares[weight]!);
  }
}

/** The features of every byte. */
export function featuresOf(bytes: Uint8Array): Uint32Array {
  const features = new Uint32Array(bytes.length * ORDERS);
  for (let at = 0; at < bytes.length; at++) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < ORDERS; i++) {
      hash = Math.imul(hash ^ (bytes[at - i] ?? 256), 0x01000193);
      hash ^= hash >>> 15;
      features[at * ORDERS + i] = (hash ^ (i * 0x9e37)) & (TABLE - 1);
    }
  }
  return features;
}

/** The two parts of the loss of a sequence, in nats per byte, and its slope. */
export interface Loss {
  /** Expected cost of the bytes. */
  readonly bytes: number;
  /** -ln of the prior of the expected number of segments. */
  readonly prior: number;
  /** By the probability of each boundary, of `bytes + weight * prior`. */
  readonly slopes: Float64Array;
}

/**
 * MAGNET's loss (arXiv 2407.08818, code) for a byte model that forgets at every boundary: the expected cost of the bytes,
 * exactly, over all ways of dividing them, plus the prior -ln Binomial(k; n, share) / n of the expected number k.
 * @param costs of each byte by how many bytes before it are known, `width` a byte
 * @param share the prior: segments per byte
 * @param weight of the prior
 */
export function lossOf(
  probabilities: Float64Array,
  costs: Float64Array,
  width: number,
  share: number,
  weight: number,
): Loss {
  const length = probabilities.length;
  const last = width - 1;
  // Before each byte: the probability that so many bytes of its segment are known.
  const known = new Float64Array(length * width);
  known[0] = 1;
  let expected = 0;
  let k = 0;
  for (let at = 0; at < length; at++) {
    const p = probabilities[at]!;
    k += p;
    for (let d = 0; d < width; d++) {
      const here = known[at * width + d]!;
      if (here === 0) continue;
      expected += here * costs[at * width + d]!;
      if (at + 1 < length) known[(at + 1) * width + Math.min(d + 1, last)]! += here * (1 - p);
    }
    if (at + 1 < length) known[(at + 1) * width]! += p;
  }
  const slopes = new Float64Array(length);
  const priorSlope =
    (weight * (digamma(k + 1) - digamma(length - k + 1) - Math.log(share / (1 - share)))) / length;
  // By what is known before a byte: the cost of that byte and of all that follow.
  let after = new Float64Array(width);
  for (let at = length - 1; at >= 0; at--) {
    const p = probabilities[at]!;
    const now = new Float64Array(width);
    let going = 0;
    for (let d = 0; d < width; d++) {
      const next = after[Math.min(d + 1, last)]!;
      going += known[at * width + d]! * next;
      now[d] = costs[at * width + d]! + p * after[0]! + (1 - p) * next;
    }
    slopes[at] = (after[0]! - going) / length + priorSlope;
    after = now;
  }
  const prior =
    -(lnFactorial(length) - lnFactorial(k) - lnFactorial(length - k)) / length -
    (k * Math.log(share) + (length - k) * Math.log(1 - share)) / length;
  return { bytes: expected / length, prior, slopes };
}

/** ln Γ(x + 1) by Stirling's series, for x of 0 or more. */
export function lnFactorial(x: number): number {
  let shift = 0;
  let z = x + 1;
  for (; z < 8; z++) shift -= Math.log(z);
  return (
    shift +
    (z - 0.5) * Math.log(z) -
    z +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * z) -
    1 / (360 * z ** 3) +
    1 / (1260 * z ** 5)
  );
}

/** The slope of ln Γ. */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 8; z++) shift -= 1 / z;
  return shift + Math.log(z) - 1 / (2 * z) - 1 / (12 * z ** 2) + 1 / (120 * z ** 4) - 1 / (252 * z ** 6);
}
