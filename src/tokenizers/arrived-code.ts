import { TokenoscopeError } from '../core/errors';

/**
 * Code that is loaded when it is first needed.
 * @throws TokenoscopeError `tokenizer-fetch` where it does not arrive
 */
export async function arrived<T>(code: Promise<T>): Promise<T> {
  try {
    return await code;
  } catch (cause) {
    // A browser's message ("Failed to fetch dynamically imported module") adds nothing.
    throw new TokenoscopeError(
      'tokenizer-fetch',
      'A part of the page that this tokenizer needs could not be fetched.',
      'Check the connection and try again; where the page has been updated meanwhile, reload it.',
      { cause },
    );
  }
}
