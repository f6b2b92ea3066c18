import { isAborted, TokenoscopeError } from '../../core/errors';
import type { LoadProgress } from '../rpc/protocol';

/** Compiled vocabularies as the bundler emits them: the file name carries a hash of the content. */
const urls = import.meta.glob<string>('/generated/vocabularies/*.bin', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** Options of `fetchVocabulary`. */
export interface FetchOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/**
 * Fetches a compiled vocabulary in the browser.
 * @throws TokenoscopeError `tokenizer-fetch` where the network or the server fails, `aborted`
 */
export async function fetchVocabulary(name: string, options: FetchOptions = {}): Promise<Uint8Array> {
  const url = urls[`/generated/vocabularies/${name}.bin`];
  if (!url) {
    throw new TokenoscopeError(
      'tokenizer-unknown',
      `This version of the page has no vocabulary "${name}".`,
      'Reload the page; it may have been updated.',
    );
  }
  try {
    const response = await fetch(url, options.signal ? { signal: options.signal } : {});
    if (!response.ok) throw new StatusError(response.status);
    return await readAll(response, name, options.onProgress);
  } catch (cause) {
    if (isAborted(cause)) throw new TokenoscopeError('aborted', 'A newer job replaced this one.');
    // A browser's message for a broken connection ("Failed to fetch") adds nothing.
    const why = cause instanceof StatusError ? `: the server answered ${cause.status}` : '';
    throw new TokenoscopeError(
      'tokenizer-fetch',
      `The vocabulary "${name}" could not be fetched${why}.`,
      'Check the connection and try again.',
      { cause },
    );
  }
}

class StatusError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The server answered ${status}.`);
    this.status = status;
  }
}

async function readAll(
  response: Response,
  what: string,
  onProgress: FetchOptions['onProgress'],
): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  // Under a content encoding the length counts other bytes than the ones that arrive here.
  const header = response.headers.get('content-encoding') ? null : response.headers.get('content-length');
  const total = header === null ? undefined : Number(header);
  const parts: Uint8Array[] = [];
  let loaded = 0;
  onProgress?.({ what, loaded, total });
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    loaded += value.length;
    onProgress?.({ what, loaded, total });
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
