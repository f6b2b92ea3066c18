import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { throwIfAborted } from '../../core/errors';

/** Lower-case hex sha256. Unlike the browser's own, it works on plain http, and for files larger than memory. */
export function sha256Of(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/**
 * The sha256 of one piece, by the browser's own digest where it has one: several times as fast, but it takes whole pieces
 * only. A hash over such digests tells as much as one over all bytes.
 */
export async function digestOf(piece: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const own = globalThis.crypto?.subtle;
  return own ? new Uint8Array(await own.digest('SHA-256', piece)) : sha256(piece);
}

/**
 * The sha256 of a sequence of blobs, of which only one at a time is in memory.
 * @param isOfDigests whether it is over the blobs' digests, not their bytes
 * @param onBytes called with how many bytes have been read
 * @param look receives every blob's bytes and their offset in the whole
 * @throws TokenoscopeError `aborted`, and what `look` throws
 */
export async function sha256OfBlobs(
  blobs: readonly Blob[],
  isOfDigests: boolean,
  signal: AbortSignal | undefined,
  onBytes: (read: number) => void,
  look?: (bytes: Uint8Array, at: number) => Promise<void>,
): Promise<string> {
  const hash = sha256.create();
  let read = 0;
  for (const blob of blobs) {
    throwIfAborted(signal);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    hash.update(isOfDigests ? await digestOf(bytes) : bytes);
    await look?.(bytes, read);
    read += blob.size;
    onBytes(read);
  }
  return bytesToHex(hash.digest());
}
