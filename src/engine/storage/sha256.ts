import { TokenoscopeError } from '../../core/errors';

/** Lower-case hex sha256. @throws TokenoscopeError `storage-refused` on plain http, where browsers offer no digest */
export async function sha256(bytes: Uint8Array): Promise<string> {
  if (!globalThis.crypto?.subtle) {
    throw new TokenoscopeError(
      'storage-refused',
      'Browsers do not compute content hashes on plain http pages, and tokenizer files are known by theirs.',
      'Open this page over https, or on localhost.',
    );
  }
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
