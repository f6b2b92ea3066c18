/**
 * Arithmetic coding (Witten, Neal and Cleary 1987): a text becomes an interval of [0, 1), divided symbol by symbol in
 * proportion to a model's probabilities, and is written as bits that name a place in it. The least interval has 32 bits of
 * its own; all numbers are whole and below 2^53, so that doubles hold them exactly and every engine computes the same.
 */

/** Bits of a cumulative distribution: no symbol is less likely than 2^-14. */
const PRECISION = 14;

const TOTAL = 2 ** PRECISION;
const FULL = 2 ** 32;
const HALF = FULL / 2;
const QUARTER = FULL / 4;

/** Where each symbol begins in 0 to 2^14, and the end: one number more than there are symbols, each above the one before. */
export type Cumulative = Uint16Array;

/**
 * A distribution in 14 bits, in which every symbol has at least one part.
 *
 * The same in every browser for the same numbers: it only adds, multiplies and rounds down, which IEEE 754 fixes to the
 * last bit. Neither here nor in a model whose texts two machines shall read may there be a logarithm, an exponential or
 * a power: their last bit differs between engines, and one that differs makes all that follows unreadable.
 * @param probabilities fewer than 2^14, none negative, of the sum 1
 */
export function quantised(probabilities: ArrayLike<number>): Cumulative {
  const { length } = probabilities;
  const free = TOTAL - length;
  const begins = new Uint16Array(length + 1);
  let sum = 0;
  for (let i = 0; i < length; i++) {
    begins[i] = i + Math.min(free, Math.floor(sum * free));
    sum += probabilities[i]!;
  }
  begins[length] = TOTAL;
  return begins;
}

/** Bits that a symbol costs: -log2 of its share. For figures only, never for coding. */
export function costOf(cumulative: Cumulative, symbol: number): number {
  return PRECISION - Math.log2(cumulative[symbol + 1]! - cumulative[symbol]!);
}

/** The interval of a text, enlarged by all that is settled about the place of its bounds. */
export interface Interval {
  /** 0 to 2^32 - 1; the upper bound belongs to it. */
  readonly low: number;
  readonly high: number;
  /** Bits that are settled, whatever follows. */
  readonly settled: number;
  /** Bits behind them that are the opposite of the next one. */
  readonly pending: number;
}

/** The interval of the empty text. */
export const WHOLE: Interval = { low: 0, high: FULL - 1, settled: 0, pending: 0 };

/**
 * The interval of a text that goes on with a symbol.
 * @param bits receives the bits that this settles
 */
export function narrowed(
  at: Interval,
  cumulative: Cumulative,
  symbol: number,
  bits: { push(bit: number): unknown },
): Interval {
  const span = at.high - at.low + 1;
  let high = at.low + Math.floor((span * cumulative[symbol + 1]!) / TOTAL) - 1;
  let low = at.low + Math.floor((span * cumulative[symbol]!) / TOTAL);
  let { settled, pending } = at;
  for (;;) {
    if (high < HALF || low >= HALF) {
      const bit = low >= HALF ? 1 : 0;
      bits.push(bit);
      for (let i = 0; i < pending; i++) bits.push(1 - bit);
      settled += 1 + pending;
      pending = 0;
      low -= bit * HALF;
      high -= bit * HALF;
    } else if (low >= QUARTER && high < HALF + QUARTER) {
      pending++;
      low -= QUARTER;
      high -= QUARTER;
    } else return { low, high, settled, pending };
    low *= 2;
    high = 2 * high + 1;
  }
}

/**
 * The shortest ends of a text's bits, behind those that are settled: whatever follows them, the text is read. One, or two
 * that are equally short.
 */
export function endings({ low, high, pending }: Interval): readonly (readonly number[])[] {
  const after = (first: number, ...last: number[]) => [
    first,
    ...new Array<number>(pending).fill(1 - first),
    ...last,
  ];
  const isLowest = low === 0;
  const isHighest = high === FULL - 1;
  if (isLowest && isHighest && pending === 0) return [[]];
  if (isLowest || isHighest) return [...(isLowest ? [after(0)] : []), ...(isHighest ? [after(1)] : [])];
  // Neither a half nor, as it could be enlarged further, within the middle: a quarter beside the middle is in it.
  return [...(low <= QUARTER ? [after(0, 1)] : []), ...(high >= HALF + QUARTER - 1 ? [after(1, 0)] : [])];
}

/** Bits that a text takes, if it ends here. */
export function lengthOf(at: Interval): number {
  const isLowest = at.low === 0;
  const isHighest = at.high === FULL - 1;
  if (isLowest && isHighest && at.pending === 0) return at.settled;
  return at.settled + at.pending + (isLowest || isHighest ? 1 : 2);
}

/**
 * Bits that are read as the text so far, but as no longer one: they name a cell of its interval (all numbers that begin with
 * them) in which the part of one symbol ends and that of another begins. Of several, those with the most zeros at the end,
 * and then the lowest.
 * @param settled the bits that are settled
 * @param length bits of a cell, the settled ones among them
 * @returns undefined where there is no such cell
 */
export function undecided(
  at: Interval,
  cumulative: Cumulative,
  settled: readonly number[],
  length: number,
): readonly number[] | undefined {
  const rest = length - at.settled - at.pending;
  if (rest < 1 || rest > 32) return undefined;
  const width = 2 ** (32 - rest);
  const span = at.high - at.low + 1;
  let [best, zeros] = [0, -1];
  for (let symbol = 1; symbol < cumulative.length - 1; symbol++) {
    const bound = at.low + Math.floor((span * cumulative[symbol]!) / TOTAL);
    const cell = Math.floor(bound / width);
    if (bound === cell * width || cell * width < at.low || (cell + 1) * width - 1 > at.high) continue;
    const found = cell === 0 ? rest : 31 - Math.clz32(cell & -cell);
    if (found > zeros) [best, zeros] = [cell, found];
  }
  if (zeros < 0) return undefined;
  const own = Array.from({ length: rest }, (_, i) => Math.floor(best / 2 ** (rest - 1 - i)) % 2);
  return [...settled, own[0]!, ...new Array<number>(at.pending).fill(1 - own[0]!), ...own.slice(1)];
}

/** Reads the bits of a text: `peek` at the next symbol, then `take` it. */
export class Decoder {
  readonly #bits: ArrayLike<number>;
  readonly #end: number;
  readonly #padding: number;
  #next: number;
  #low = 0;
  #high = FULL - 1;
  #code = 0;

  /**
   * @param from the first bit
   * @param to behind the last bit
   * @param padding what is read behind it
   */
  constructor(bits: ArrayLike<number>, from: number, to: number, padding: 0 | 1 = 0) {
    this.#bits = bits;
    this.#next = from;
    this.#end = to;
    this.#padding = padding;
    for (let i = 0; i < 32; i++) this.#code = 2 * this.#code + this.#read();
  }

  /** The next symbol. */
  peek(cumulative: Cumulative): number {
    // The quotient is below 2^14 and, where it is not whole, at least 2^-32 away from a whole number: it is rounded down
    // as if it were exact.
    const place = Math.floor(((this.#code - this.#low + 1) * TOTAL - 1) / (this.#high - this.#low + 1));
    let low = 0;
    let high = cumulative.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle]! <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Goes on behind a symbol, which must be the one of `peek`. */
  take(cumulative: Cumulative, symbol: number): void {
    const span = this.#high - this.#low + 1;
    this.#high = this.#low + Math.floor((span * cumulative[symbol + 1]!) / TOTAL) - 1;
    this.#low += Math.floor((span * cumulative[symbol]!) / TOTAL);
    for (;;) {
      const less =
        this.#high < HALF
          ? 0
          : this.#low >= HALF
            ? HALF
            : this.#low >= QUARTER && this.#high < HALF + QUARTER
              ? QUARTER
              : -1;
      if (less < 0) return;
      this.#low = 2 * (this.#low - less);
      this.#high = 2 * (this.#high - less) + 1;
      this.#code = 2 * (this.#code - less) + this.#read();
    }
  }

  #read(): number {
    const at = this.#next++;
    return at < this.#end ? this.#bits[at]! : this.#padding;
  }
}
