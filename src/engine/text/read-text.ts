import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { encodeUtf8 } from '../../core/text/utf8';
import type { NamedBlob } from '../storage/named-blob';
import { shareableBytes } from './shared-memory';
import type { ReadText } from './text.api';
import { indexText } from './text-index';

/** Bytes read at once, between two checks for an abort. */
const CHUNK = 4 * 2 ** 20;

/** Options of `readText`. */
export interface ReadTextOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (loaded: number, total: number) => void;
}

/**
 * Reads a text file: UTF-8, or UTF-16 where its byte-order mark says so. A byte-order mark of UTF-8 stays: it is
 * text to a tokenizer. What is not valid UTF-8 becomes U+FFFD, with a note.
 * @param limit most bytes of UTF-8 that may come out
 * @throws TokenoscopeError `text-too-large`; `not-text` where the file is something else; `aborted`
 */
export async function readText(
  file: NamedBlob,
  limit: number,
  options: ReadTextOptions = {},
): Promise<ReadText> {
  const name = file.name || 'This file';
  // UTF-16 may shrink when it becomes UTF-8.
  if (file.content.size > 2 * limit) throw textTooLarge(file.content.size, limit);
  const bytes = shareableBytes(file.content.size);
  await readBytes(file.content, bytes, options);
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe ? 'le' : first === 0xfe && second === 0xff ? 'be' : '';
  if (utf16) {
    const text = new TextDecoder(`utf-16${utf16}`).decode(bytes.slice());
    return finish(encodeUtf8(text), limit, `${name} is UTF-16; it was read as such.`);
  }
  if (await isUtf8(bytes, options.signal)) return finish(bytes, limit, '');
  if (bytes.subarray(0, 4096).includes(0)) {
    throw new TokenoscopeError(
      'not-text',
      `${name} is not a text file.`,
      'Choose a plain text file (.txt, .md, .csv, source code) or a tokenizer file. Pictures open in the image lab.',
    );
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.slice());
  return finish(encodeUtf8(text), limit, `${name} is not valid UTF-8; what could not be read became U+FFFD.`);
}

/**
 * Reads all of a blob, in pieces.
 * @param into as many bytes as the blob has
 * @throws TokenoscopeError `aborted`, `file-unreadable`
 */
export async function readBytes(
  blob: Blob,
  into: Uint8Array,
  { signal, onProgress }: ReadTextOptions,
): Promise<void> {
  for (let at = 0; at < blob.size; at += CHUNK) {
    throwIfAborted(signal);
    try {
      into.set(new Uint8Array(await blob.slice(at, at + CHUNK).arrayBuffer()), at);
    } catch (cause) {
      throw new TokenoscopeError(
        'file-unreadable',
        'The file could not be read: it was moved, changed or removed meanwhile, or it is a folder.',
        'Choose it again.',
        { cause },
      );
    }
    onProgress?.(Math.min(blob.size, at + CHUNK), blob.size);
  }
}

/** Whether all of `bytes` is well-formed UTF-8. */
async function isUtf8(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      // A copy: not every browser decodes shared memory.
      decoder.decode(bytes.slice(at, at + CHUNK), { stream: true });
      await Promise.resolve();
      throwIfAborted(signal);
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TokenoscopeError) throw error;
    return false;
  }
}

function finish(bytes: Uint8Array, limit: number, note: string): ReadText {
  if (bytes.length > limit) throw textTooLarge(bytes.length, limit);
  return { bytes, index: indexText(bytes), note };
}

/** A refusal that names both sizes. */
export function textTooLarge(bytes: number, limit: number, hint = ''): TokenoscopeError {
  const size = (value: number) => `${(value / 1e6).toFixed(value < 1e7 ? 2 : 1)} MB`;
  return new TokenoscopeError(
    'text-too-large',
    `This text is ${size(bytes)}; the page takes up to ${size(limit)}.`,
    hint || 'Your present text is unchanged. Try a part of the new one.',
  );
}
