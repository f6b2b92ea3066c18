/** How estimates go with what they estimate. */
export interface Estimates {
  readonly count: number;
  /** Pearson's correlation; undefined where one of the two is always the same. */
  readonly correlation: number | undefined;
  /** The first pairs: estimate, and probability of being accepted. */
  readonly points: readonly (readonly [estimate: number, chance: number])[];
  /** Ten of equal width from 0 to 1; those in which nothing fell are left out. */
  readonly bins: readonly Bin[];
}

export interface Bin {
  readonly count: number;
  /** Means. */
  readonly estimate: number;
  readonly chance: number;
}

const BINS = 10;

/** Points that are kept to be drawn. */
const DRAWN = 600;

/** Takes pairs one by one. */
export class Correlation {
  readonly #points: [number, number][] = [];
  readonly #bins = Array.from({ length: BINS }, () => ({ count: 0, x: 0, y: 0 }));
  #count = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #yy = 0;
  #xy = 0;

  add(x: number, y: number): void {
    // Means and sums of squared differences, updated (Welford 1962): no cancellation.
    this.#count++;
    const dx = x - this.#x;
    const dy = y - this.#y;
    this.#x += dx / this.#count;
    this.#y += dy / this.#count;
    this.#xx += dx * (x - this.#x);
    this.#yy += dy * (y - this.#y);
    this.#xy += dx * (y - this.#y);
    if (this.#points.length < DRAWN) this.#points.push([x, y]);
    const bin = this.#bins[Math.min(BINS - 1, Math.floor(x * BINS))]!;
    bin.count++;
    bin.x += x;
    bin.y += y;
  }

  result(): Estimates {
    const spread = Math.sqrt(this.#xx * this.#yy);
    return {
      count: this.#count,
      correlation: spread > 1e-12 ? this.#xy / spread : undefined,
      points: this.#points,
      bins: this.#bins
        .filter(({ count }) => count > 0)
        .map(({ count, x, y }) => ({ count, estimate: x / count, chance: y / count })),
    };
  }
}
