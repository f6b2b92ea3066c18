/** Levels reach to the quantiles of this many standard deviations of a normal distribution, as in TokenBridge. */
const EDGE = 3;

/**
 * Values that stand for numbers of about zero mean and unit variance, ascending: the means of equally likely parts of a
 * normal distribution, spread so that its `EDGE` falls on `range` (TokenBridge, "Bridging Continuous and Discrete
 * Tokens", Wang et al. 2025; github.com/YuqingWang1029/TokenBridge, which has 6 bits and a range of 5). They stand
 * closest together where most numbers are. A number takes the nearest of them.
 * @param bits 1 to 9: with more, the outermost parts would lie beyond the edge
 */
export function normalLevels(bits: number, range: number): number[] {
  const count = 2 ** bits;
  const edges = Array.from({ length: count + 1 }, (_, i) =>
    i === 0 ? -EDGE : i === count ? EDGE : quantile(i / count),
  );
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [edges[i]!, edges[i + 1]!];
    const outer = i === 0 || i === count - 1;
    const share = outer ? 1 / count - TAIL : 1 / count;
    return (((density(from) - density(to)) / share) * range) / EDGE;
  });
}

/** Of a normal distribution, beyond `EDGE`. */
const TAIL = 0.001_349_898_031_630_09;

function density(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** The x below which a normal distribution has this share, 0 < share < 1: bisection over `below`. */
function quantile(share: number): number {
  let [low, high] = [-EDGE - 1, EDGE + 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (below(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The share of a normal distribution below x: 1/2 + density(x) (x + x^3/3 + x^5/(3 5) + ...), exact for |x| <= 4. */
function below(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 3; n < 160; n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + density(x) * sum;
}
