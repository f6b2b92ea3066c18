import { FILE_NAME_LIMIT } from './limits';

const PREFIX = 'file:';
const ID = /^file:[0-9a-f]{64}(?::[a-z0-9-]{1,40})?$/;
const HASH_END = PREFIX.length + 64;

/**
 * Invisible characters and those that change the text direction: they could make a name look like another. Joiners
 * stay, because some scripts need them.
 */
const INVISIBLE = /(?:[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf})+/gu;

/**
 * The id of a tokenizer that a visitor brought as a file: its content hash, so that it means the same everywhere.
 * @param encoding the encoding that was chosen for a file that does not name its own
 */
export function tokenizerFileId(sha256: string, encoding?: string): string {
  return encoding === undefined ? `${PREFIX}${sha256}` : `${PREFIX}${sha256}:${encoding}`;
}

/** Whether an id names a tokenizer by its file's content. */
export function isTokenizerFileId(id: string): boolean {
  return ID.test(id);
}

/** The sha256 of a tokenizer file's id, 64 hex digits. */
export function sha256OfId(id: string): string {
  return id.slice(PREFIX.length, HASH_END);
}

/** The encoding that was chosen for a tokenizer file; undefined where none was. */
export function encodingOfId(id: string): string | undefined {
  return id.slice(HASH_END + 1) || undefined;
}

/**
 * A file's name as it may be shown: one line, nothing invisible, at most `FILE_NAME_LIMIT` characters.
 * @param unnamed what to show if nothing is left of it
 */
export function plainFileName(name: string, unnamed = 'unnamed tokenizer'): string {
  const plain = name.toWellFormed().replace(INVISIBLE, ' ').trim().replace(/\s+/g, ' ');
  const characters = [...plain];
  const short =
    characters.length > FILE_NAME_LIMIT ? `${characters.slice(0, FILE_NAME_LIMIT - 1).join('')}…` : plain;
  return short || unnamed;
}
