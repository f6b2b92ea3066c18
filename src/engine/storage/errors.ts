import { TokenoscopeError } from '../../core/errors';

/** The words for a failure to store something: what it was, and what to do. */
export interface StorageWords {
  /** What could not be kept, as in "There is no room to keep X". */
  readonly what: string;
  /** What to do where there is no room. */
  readonly full: string;
  /** What to do where the browser keeps nothing. */
  readonly refused: string;
}

/** The error of an open that another tab blocks. */
export const BLOCKED = 'blocked';

/** Maps whatever IndexedDB throws to an error for the user. */
export async function explainStorage(cause: unknown, words: StorageWords): Promise<TokenoscopeError> {
  if (cause instanceof TokenoscopeError) return cause;
  const { name, message } = cause instanceof Error ? cause : { name: '', message: String(cause) };
  const refused = (text: string, hint: string) =>
    new TokenoscopeError('storage-refused', text, hint, { cause });
  if (name === 'QuotaExceededError') {
    return new TokenoscopeError(
      'storage-full',
      `There is no room to keep ${words.what}.${await room()}`,
      words.full,
      { cause },
    );
  }
  if (message === BLOCKED) {
    return refused(
      'Another tab with an older version of this page holds the storage.',
      'Close the other tabs of this page, and try again.',
    );
  }
  if (name === 'VersionError') {
    return refused(
      'A newer version of this page has written to its storage.',
      'Close its other tabs and reload this one.',
    );
  }
  if (name === 'NotReadableError' || name === 'DataError' || name === 'NotFoundError') {
    return refused(
      `This browser could not read what it keeps for this page (${name}).`,
      'Reload the page. Where that does not help, delete the entry and add it again.',
    );
  }
  return refused('This browser refuses to keep files for this page.', words.refused);
}

/** How much more than it holds a browser may say that it grants, and yet mean what it says. */
const LEFT = 1.25;

/**
 * The browser's quota, as a sentence with a space before it; empty where unknown. Chromium says more than it grants, so
 * that pages do not tell visitors apart by it.
 */
async function room(): Promise<string> {
  const { quota, usage }: StorageEstimate = await Promise.resolve(
    globalThis.navigator?.storage?.estimate?.() ?? {},
  ).catch(() => ({}));
  if (quota === undefined || usage === undefined) return '';
  return quota <= LEFT * usage
    ? ` The browser grants this page ${megabytes(quota)}, of which ${megabytes(usage)} are taken.`
    : ` The browser holds ${megabytes(usage)} for this page, and takes no more. It grants less in a private window, and where the disk is nearly full.`;
}

/** Whole megabytes, rounded up. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
}
