import type { Segmentation } from '../../engine/text/text.api';
import { bytesPerToken } from '../../measures/text/bytes-per-token';
import { charactersPerToken } from '../../measures/text/characters-per-token';
import { formatInteger, formatSignificant } from '../../ui/format';

/** The figures above a column, as they are shown. */
export interface Figures {
  readonly tokens: string;
  readonly bytesPerToken: string;
  readonly charactersPerToken: string;
  readonly vocabulary: string;
}

/** Tokens, and how much of the text each one covers. Characters are Unicode code points. */
export function figuresOf(segmentation: Segmentation): Figures {
  const rate = (value: number | undefined) => {
    if (value === undefined) return '–';
    return value < 1000 ? formatSignificant(value) : formatInteger(value);
  };
  return {
    tokens: formatInteger(segmentation.tokens.ids.length),
    bytesPerToken: rate(bytesPerToken.compute(segmentation)),
    charactersPerToken: rate(charactersPerToken.compute(segmentation)),
    vocabulary: formatInteger(segmentation.vocabularySize),
  };
}
