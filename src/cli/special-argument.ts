import type { SpecialTokens } from '../core/text/token-sequence';
import { badArguments, withDefault } from './command';

/** `--special`. */
export const specialOption = withDefault<SpecialTokens>(
  'parse|text|error',
  'special tokens written in the text: parse them, take them as text, or refuse',
  'text',
  (text, name) => {
    if (text === 'parse' || text === 'text' || text === 'error') return text;
    throw badArguments(`${name} takes parse, text or error, not "${text}".`);
  },
);
