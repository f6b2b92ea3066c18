import { characterEnd } from '../../documents';

/** Bytes that are read of a text at first, and at most. */
export const FIRST_BYTES = 2000;
export const MOST_BYTES = 64_000;

/** How much is read when the visitor wants more. */
export function nextLimit(limit: number): number {
  return Math.min(MOST_BYTES, limit * 4);
}

/** The beginning of a text: about `limit` bytes, to the end of a line, of a word or at least of a character. */
export function beginningOf(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.length <= limit) return bytes;
  const line = bytes.lastIndexOf(0x0a, limit - 1);
  if (line >= limit / 2) return bytes.subarray(0, line + 1);
  const space = bytes.lastIndexOf(0x20, limit);
  if (space >= limit / 2) return bytes.subarray(0, space);
  return bytes.subarray(0, characterEnd(bytes, limit));
}
