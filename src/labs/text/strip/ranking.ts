import type { Segmentation } from '../../../engine/text/text.api';
import { textMeasures } from '../../../measures/text-measures';

/** What tokenizers are compared by: a measure, or what the text costs. Part of published links: these never change. */
export const QUANTITIES = ['tokens', 'bytes-per-token', 'fertility', 'price'] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Prices are for this many tokens. */
const PRICED_TOKENS = 1_000_000;

/** One tokenizer of the comparison. */
export interface Contender {
  readonly id: string;
  /** Of the present text; undefined while there is none. */
  readonly segmentation: Segmentation | undefined;
  readonly isBusy: boolean;
}

/** A tokenizer with its place. */
export interface Ranked {
  readonly id: string;
  readonly value: number;
  /** Of the largest value, 0 to 1. */
  readonly share: number;
  /** Difference from the reference's value, as a share of that: 0.25 is a quarter more. Undefined for the reference. */
  readonly change: number | undefined;
  readonly isBest: boolean;
}

/** A tokenizer without a place, and why. */
export interface Unranked {
  readonly id: string;
  readonly reason: 'lossy' | 'waiting' | 'failed' | 'no price' | 'no value';
}

export interface Ranking {
  /** The best first. */
  readonly ranked: readonly Ranked[];
  /** In the order of the columns. */
  readonly unranked: readonly Unranked[];
  /** Whose value the others are compared with: the chosen one where it has a place, else the best. */
  readonly reference: string | undefined;
}

/**
 * Puts tokenizers in order. One that loses part of the text has no place: what is lost costs no tokens.
 * @param chosen the wanted reference; '' for the best
 * @param prices of a million tokens, by tokenizer
 */
export function rank(
  contenders: readonly Contender[],
  quantity: Quantity,
  chosen: string,
  prices: Readonly<Record<string, number>>,
): Ranking {
  const unranked: Unranked[] = [];
  const placed: { id: string; value: number }[] = [];
  for (const { id, segmentation, isBusy } of contenders) {
    const value = segmentation && valueIn(segmentation, quantity, prices[id]);
    const leave = (reason: Unranked['reason']) => unranked.push({ id, reason });
    if (!segmentation) leave(isBusy ? 'waiting' : 'failed');
    else if (segmentation.loss) leave('lossy');
    else if (value !== undefined) placed.push({ id, value });
    else leave(quantity === 'price' && prices[id] === undefined ? 'no price' : 'no value');
  }
  const isHigherBetter = textMeasures.find(({ id }) => id === quantity)?.better === 'higher';
  placed.sort((a, b) => (isHigherBetter ? b.value - a.value : a.value - b.value));
  const best = placed[0];
  const reference = placed.find(({ id }) => id === chosen) ?? best;
  const largest = Math.max(0, ...placed.map(({ value }) => value));
  const isComparable = placed.length > 1 && largest > 0;
  return {
    ranked: placed.map(({ id, value }) => ({
      id,
      value,
      share: largest > 0 ? value / largest : 0,
      change:
        isComparable && reference && id !== reference.id && reference.value > 0
          ? value / reference.value - 1
          : undefined,
      isBest: isComparable && value === best?.value,
    })),
    unranked,
    reference: reference?.id,
  };
}

function valueIn(
  segmentation: Segmentation,
  quantity: Quantity,
  price: number | undefined,
): number | undefined {
  if (quantity === 'price') {
    return price === undefined ? undefined : (segmentation.tokens.ids.length * price) / PRICED_TOKENS;
  }
  return textMeasures.find(({ id }) => id === quantity)?.compute(segmentation);
}

/** A change with its sign: 0.254 -> "+25 %", -0.004 -> "−0.4 %"; "equal" where there is none. */
export function formatChange(change: number): string {
  if (change === 0) return 'equal';
  const percent = Math.abs(change) * 100;
  const digits = percent < 0.995 ? 1 : 0;
  // Rounded to nothing, it is still not equal.
  const shown = percent < 0.05 ? '<0.1' : percent.toFixed(digits).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${change > 0 ? '+' : '−'}${shown} %`;
}

/** US dollars to three significant digits, however small: 0.0003775 -> "$0.000378". */
export function formatPrice(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars >= 1000) return `$${Math.round(dollars).toLocaleString('en')}`;
  const digits = Math.min(20, Math.max(2, 2 - Math.floor(Math.log10(dollars))));
  return `$${dollars.toFixed(dollars >= 1 ? 2 : digits)}`;
}

/** A price as it was typed: undefined where the field is empty, null where it is no price. */
export function readPrice(typed: string): number | undefined | null {
  const text = typed
    .trim()
    .replace(/^\$\s*/, '')
    .replace(',', '.');
  if (text === '') return undefined;
  const value = Number(text);
  return /^[\d.]+$/.test(text) && Number.isFinite(value) && value <= MAX_PRICE ? value : null;
}

/** Dollars for a million tokens beyond which a number is taken for a slip of the finger. */
export const MAX_PRICE = 100_000;
