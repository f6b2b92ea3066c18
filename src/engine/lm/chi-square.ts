/** Pearson's test of whether counts follow probabilities. */
export interface ChiSquare {
  readonly statistic: number;
  /** Cells less one. */
  readonly freedom: number;
  /** The probability of a statistic this large or larger where they do; undefined with one cell. */
  readonly p: number | undefined;
}

/** Expected counts below this make the approximation poor, so such cells are thrown together (Cochran 1954). */
const FEWEST = 5;

/**
 * Compares counts with what is expected; outcomes of small expectation are one cell, with the smallest other one where
 * they are too few.
 * @param counts of each outcome
 * @param probabilities of each outcome; those left out are one outcome more
 * @param total of all counts, those left out among them
 */
export function chiSquare(
  counts: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  total: number,
): ChiSquare {
  const cells: { expected: number; count: number }[] = [];
  const rest = { expected: total, count: total };
  for (let i = 0; i < probabilities.length; i++) {
    const expected = total * probabilities[i]!;
    if (expected < FEWEST) continue;
    cells.push({ expected, count: counts[i]! });
    rest.expected -= expected;
    rest.count -= counts[i]!;
  }
  cells.sort((a, b) => b.expected - a.expected);
  if (rest.expected < FEWEST) {
    const smallest = cells.pop();
    rest.expected += smallest?.expected ?? 0;
    rest.count += smallest?.count ?? 0;
  }
  cells.push(rest);
  const freedom = cells.length - 1;
  let statistic = 0;
  for (const { expected, count } of cells) statistic += (count - expected) ** 2 / expected;
  return { statistic, freedom, p: freedom > 0 ? upperGamma(freedom / 2, statistic / 2) : undefined };
}

/** The regularised upper incomplete gamma function Q(a, x), to about 1e-12 (Press et al., Numerical Recipes, 6.2). */
export function upperGamma(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let [sum, term] = [1 / a, 1 / a];
    for (let n = 1; n < 2000 && term > sum * 1e-15; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - front * sum);
  }
  // Lentz's continued fraction.
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 2000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * h;
}

/** ln Γ(x) for x > 0, by Stirling's series after a shift. */
function logGamma(x: number): number {
  let [at, shift] = [x, 0];
  for (; at < 12; at++) shift -= Math.log(at);
  const square = 1 / (at * at);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / at;
  return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series;
}
