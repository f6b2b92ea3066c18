import type { Segmentation } from '../../engine/text/text.api';
import { formatInteger, formatSignificant } from '../../ui/format';

/** The figures above a column, as they are shown. */
export interface Figures {
  readonly tokens: string;
  readonly bytesPerToken: string;
  readonly charactersPerToken: string;
  readonly vocabulary: string;
}

/** Tokens, and how much of the text each one stands for. Characters are Unicode code points. */
export function figuresOf({ tokens, bytes, codePoints, vocabularySize }: Segmentation): Figures {
  const count = tokens.ids.length;
  const per = (amount: number) => {
    if (count === 0) return '–';
    const rate = amount / count;
    return rate < 1000 ? formatSignificant(rate) : formatInteger(rate);
  };
  return {
    tokens: formatInteger(count),
    bytesPerToken: per(bytes),
    charactersPerToken: per(codePoints),
    vocabulary: formatInteger(vocabularySize),
  };
}
