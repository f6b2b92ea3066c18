import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Lower-case hex sha256. Unlike the browser's own, it works on plain http, and for files larger than memory. */
export function sha256Of(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
