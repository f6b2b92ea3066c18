import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { throwIfAborted } from '../../core/errors';

/** Lower-case hex sha256. Unlike the browser's own, it works on plain http, and for files larger than memory. */
export function sha256Of(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/**
 * The sha256 of a sequence of blobs, of which only one at a time is in memory.
 * @param onBytes called with how many bytes have been read
 * @param look receives every blob's bytes and their offset in the whole
 * @throws TokenoscopeError `aborted`, and what `look` throws
 */
export async function sha256OfBlobs(
  blobs: readonly Blob[],
  signal: AbortSignal | undefined,
  onBytes: (read: number) => void,
  look?: (bytes: Uint8Array, at: number) => Promise<void>,
): Promise<string> {
  const hash = sha256.create();
  let read = 0;
  for (const blob of blobs) {
    throwIfAborted(signal);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    hash.update(bytes);
    await look?.(bytes, read);
    read += blob.size;
    onBytes(read);
  }
  return bytesToHex(hash.digest());
}
