import { useStore } from 'zustand';
import type { Json } from '../../../../core/link/json';
import { useLab } from '../../context';

/** Dollars for a million tokens beyond which a number is taken for a slip of the finger. */
const MAX_PRICE = 100_000;

/** The part of the lab whose settings hold prices, for every part that needs some. */
const PART = 'strip';

type Prices = Readonly<Record<string, number>>;

/** US dollars for a million tokens, by tokenizer: the visitor's own, shared with the comparison above the columns. */
export function usePrices(): [Prices, (tokenizer: string, price: number | undefined) => void] {
  const { panes } = useLab();
  const settings = useStore(panes.store, (state) => state.settings[PART]);
  const prices = pricesIn(settings);
  return [
    prices,
    (tokenizer, price) => {
      const { [tokenizer]: _, ...others } = prices;
      const next = price === undefined ? others : { ...others, [tokenizer]: price };
      const { prices: __, ...rest } = isRecord(settings) ? settings : {};
      const all = Object.keys(next).length === 0 ? rest : { ...rest, prices: next };
      panes.set(PART, Object.keys(all).length === 0 ? undefined : all);
    },
  ];
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The prices in settings that may come from a link: whatever is none is left out. */
export function pricesIn(settings: Json | undefined): Prices {
  const prices = isRecord(settings) ? settings['prices'] : undefined;
  if (!isRecord(prices)) return {};
  return Object.fromEntries(
    Object.entries(prices).filter(
      (entry): entry is [string, number] =>
        typeof entry[1] === 'number' && entry[1] >= 0 && entry[1] <= MAX_PRICE,
    ),
  );
}

/** A price as it was typed: undefined where the field is empty, null where it is no price. */
export function readPrice(typed: string): number | undefined | null {
  const text = typed
    .trim()
    .replace(/^\$\s*/, '')
    .replace(',', '.');
  if (text === '') return undefined;
  const value = Number(text);
  return /^[\d.]+$/.test(text) && value <= MAX_PRICE ? value : null;
}

/** US dollars to three significant digits, however small: 0.0003775 -> "$0.000378". */
export function formatPrice(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars >= 1000) return `$${Math.round(dollars).toLocaleString('en')}`;
  const digits = Math.min(20, Math.max(2, 2 - Math.floor(Math.log10(dollars))));
  return `$${dollars.toFixed(dollars >= 1 ? 2 : digits)}`;
}
