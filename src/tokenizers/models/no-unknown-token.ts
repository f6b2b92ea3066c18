import { TokenoscopeError } from '../../core/errors';

/** The error for text without a token and without an unknown token; Hugging Face's library fails there too. */
export function noUnknownToken(text: string): TokenoscopeError {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}\u2026` : text);
  return new TokenoscopeError(
    'tokenizer-corrupt',
    `The text has ${shown}, which this tokenizer has no token for, and its file names no unknown token.`,
    'Leave it out, or choose another tokenizer.',
  );
}
