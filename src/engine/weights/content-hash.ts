import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { throwIfAborted } from '../../core/errors';

/** Lower-case hex sha256. Unlike the browser's own, it works on plain http, and on what does not fit into memory. */
export function sha256Of(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/**
 * The sha256 of blobs one after another, of which one at a time is in memory.
 * @param onBytes called with how many bytes have been read
 * @throws TokenoscopeError `aborted`
 */
export async function sha256OfBlobs(
  blobs: readonly Blob[],
  signal: AbortSignal | undefined,
  onBytes: (read: number) => void,
): Promise<string> {
  const hash = sha256.create();
  let read = 0;
  for (const blob of blobs) {
    throwIfAborted(signal);
    hash.update(new Uint8Array(await blob.arrayBuffer()));
    read += blob.size;
    onBytes(read);
  }
  return bytesToHex(hash.digest());
}
