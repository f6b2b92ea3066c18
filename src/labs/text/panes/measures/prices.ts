import { stripDefaults, stripSettings } from '../../strip/settings';
import { usePaneSettings } from '../../use-pane-settings';

type Prices = Readonly<Record<string, number>>;

/** US dollars for a million tokens, by tokenizer: the visitor's own, shared with the comparison above the columns. */
export function usePrices(): [Prices, (tokenizer: string, price: number | undefined) => void] {
  const [{ prices }, set] = usePaneSettings('strip', stripSettings, stripDefaults);
  return [
    prices,
    (tokenizer, price) => {
      const { [tokenizer]: _, ...others } = prices;
      set({ prices: price === undefined ? others : { ...others, [tokenizer]: price } });
    },
  ];
}
