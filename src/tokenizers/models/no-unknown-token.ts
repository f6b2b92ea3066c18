import { TokenoscopeError } from '../../core/errors';

/**
 * The error for text without a token and without an unknown token; Hugging Face's library fails there too.
 * @param absent the unknown token that the file names, where its vocabulary does not have it
 */
export function noUnknownToken(text: string, absent?: string): TokenoscopeError {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}\u2026` : text);
  const why =
    absent === undefined
      ? 'its file names no unknown token'
      : `its unknown token ${JSON.stringify(absent)} is not in its vocabulary`;
  return new TokenoscopeError(
    'no-token',
    `The text has ${shown}, which this tokenizer has no token for, and ${why}.`,
    'Leave it out, or choose another tokenizer.',
  );
}
