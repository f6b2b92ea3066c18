import * as v from 'valibot';
import { TOKENIZERS_LIMIT } from '../../../core/link/limits';
import { MAX_PRICE, QUANTITIES, type Quantity } from './ranking';

/** What the comparison is set to, as links hold it: the names never change. */
export interface StripSettings {
  readonly [key: string]: string | Readonly<Record<string, number>>;
  readonly quantity: Quantity;
  /** The tokenizer that the others are compared with; '' for the best. */
  readonly reference: string;
  /** US dollars for a million tokens, by tokenizer. */
  readonly prices: Readonly<Record<string, number>>;
}

export const stripDefaults: StripSettings = { quantity: 'tokens', reference: '', prices: {} };

export const stripSettings: v.GenericSchema<unknown, StripSettings> = v.pipe(
  v.object({
    quantity: v.picklist(QUANTITIES),
    reference: v.string(),
    prices: v.pipe(
      v.record(v.string(), v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_PRICE))),
      v.check((prices) => Object.keys(prices).length <= 4 * TOKENIZERS_LIMIT),
    ),
  }),
);
