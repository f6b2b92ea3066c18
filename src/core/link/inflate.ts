import { Inflate } from 'fflate';
import { TokenoscopeError } from '../errors';

/** Compressed bytes given to the inflater at once. DEFLATE grows at most 1032-fold, so 64 KiB at most come out. */
const STEP = 64;

/**
 * Inflates a raw DEFLATE stream (RFC 1951), and stops as soon as it proves larger than `limit` bytes: a few
 * bytes can claim gigabytes, so neither time nor memory may follow their claim.
 * @throws TokenoscopeError `link-too-large`, `link-malformed`
 */
export function inflateCapped(compressed: Uint8Array, limit: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const inflater = new Inflate((piece) => {
    size += piece.length;
    if (size > limit) {
      throw new TokenoscopeError(
        'link-too-large',
        `This link unpacks to more than ${limit / 2 ** 20} MB, which no link made here does. It was not opened.`,
        'Ask its sender for a new link.',
      );
    }
    pieces.push(piece);
  });
  try {
    for (let at = 0; at < compressed.length; at += STEP) {
      inflater.push(compressed.subarray(at, at + STEP), at + STEP >= compressed.length);
    }
  } catch (error) {
    if (error instanceof TokenoscopeError) throw error;
    throw new TokenoscopeError(
      'link-malformed',
      'This link is damaged: a part of it is missing or was changed on the way.',
      'Copy the whole link again; some programs cut long links or put line breaks into them.',
      { cause: error },
    );
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
