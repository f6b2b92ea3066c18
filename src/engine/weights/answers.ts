import { TokenoscopeError } from '../../core/errors';

const SECOND = 1000;

/**
 * Fetches from another site without credentials and past the HTTP cache, because files are kept in the checkpoint
 * store.
 * @param what what is asked for, in words: a file's or repository's name
 * @param range first and last byte, or undefined for all
 * @throws TokenoscopeError `model-fetch` that says what the site answered; what an aborted fetch throws
 */
export async function ask(
  url: string,
  what: string,
  signal: AbortSignal | undefined,
  range?: { readonly from: number; readonly to?: number },
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      ...(signal ? { signal } : {}),
      ...(range ? { headers: { Range: `bytes=${range.from}-${range.to ?? ''}` } } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    if (globalThis.navigator?.onLine === false) {
      throw new TokenoscopeError(
        'model-fetch',
        `This device is offline, and ${what} is at ${hostOf(url)}.`,
        'Go online to fetch it. What was added before works now.',
        { cause: error },
      );
    }
    throw new TokenoscopeError(
      'model-fetch',
      `${hostOf(url)} could not be reached for ${what}.`,
      'Check the connection and the address. A site must also allow other pages to read its files (CORS); where it does not, download them and drop them here.',
      { cause: error },
    );
  }
  if (!response.ok) throw refusal(response, url, what);
  if (/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) throw webPage(url, what);
  return response;
}

/** A small text. @throws TokenoscopeError as `ask`, and `model-corrupt` where it is longer than the limit */
export async function askText(
  url: string,
  what: string,
  signal: AbortSignal | undefined,
  limit: number,
): Promise<string> {
  const response = await ask(url, what, signal);
  const bytes = await readUpTo(response, limit + 1);
  if (bytes.length > limit) {
    throw new TokenoscopeError(
      'model-corrupt',
      `${what} is longer than ${limit / 1e6} MB, which no such file is.`,
      'Check the address.',
    );
  }
  const text = new TextDecoder().decode(bytes);
  if (/^\s*<(!doctype|html)/i.test(text)) throw webPage(url, what);
  return text;
}

/** The first bytes of an answer's body; the rest is not fetched. */
export async function readUpTo(response: Response, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader && length < limit) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  await reader?.cancel().catch(() => {});
  const bytes = new Uint8Array(Math.min(length, limit));
  let at = 0;
  for (const part of parts) {
    bytes.set(part.subarray(0, bytes.length - at), at);
    at += part.length;
  }
  return bytes;
}

/** A site's name for messages. */
export function hostOf(url: string): string {
  return new URL(url).host;
}

function webPage(url: string, what: string): TokenoscopeError {
  return new TokenoscopeError(
    'model-fetch',
    `${hostOf(url)} answered with a web page where ${what} was asked for.`,
    'Check the address. A network that asks to sign in first does this, too.',
  );
}

function refusal(response: Response, url: string, what: string): TokenoscopeError {
  const { status } = response;
  const fail = (message: string, hint: string) => new TokenoscopeError('model-fetch', message, hint);
  const host = hostOf(url);
  if (response.headers.get('x-error-code') === 'GatedRepo') {
    return fail(
      `${host} shows ${what} only to people who have accepted its terms (${status}): the repository is gated.`,
      'Accept its terms on the site, download the files there, and drop them here.',
    );
  }
  switch (status) {
    case 401:
      return fail(
        `${host} asks for a login before it shows ${what} (401).`,
        'Check the spelling: a repository that does not exist answers so, too. Of a private one, download the files and drop them here.',
      );
    case 403:
      return fail(
        `${host} does not let everybody read ${what} (403).`,
        'Accept its terms on the site, download the files there, and drop them here.',
      );
    case 404:
    case 410:
      return fail(
        `${host} has no ${what} (${status}).`,
        'Check the spelling of the name and of the revision.',
      );
    case 429:
      return fail(
        `${host} has had too many requests from here (429).`,
        `Try again ${waitOf(response.headers.get('retry-after'))}. What has been downloaded is kept.`,
      );
    default:
      return fail(`${host} answered ${status} for ${what}.`, 'Try again later, or from another address.');
  }
}

/** `Retry-After` in words: seconds or a date (RFC 9110, section 10.2.3). */
function waitOf(header: string | null): string {
  const seconds = /^\d+$/.test(header ?? '')
    ? Number(header)
    : Math.ceil((Date.parse(header ?? '') - Date.now()) / SECOND);
  if (!(seconds > 0)) return 'in a few minutes';
  return seconds < 120 ? `in ${seconds} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;
}
