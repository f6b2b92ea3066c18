import type { Tokenizer } from '../../core/text/tokens';

/** In place of a length: an id without a token. */
const HOLE = 0xffffffff;

/**
 * What a vocabulary's hash is of: for every id from 0, the length of its token's bytes (32 bits, little-endian; all ones
 * for an id without a token) and the bytes. In steps; yields the share done.
 */
export function* vocabularyDigest(tokenizer: Tokenizer): Generator<number, Uint8Array<ArrayBuffer>> {
  const size = tokenizer.vocabularySize;
  let out = new Uint8Array(Math.max(1024, size * 12));
  let view = new DataView(out.buffer);
  let used = 0;
  for (let id = 0; id < size; id++) {
    const bytes = tokenizer.token(id)?.bytes;
    const needed = used + 4 + (bytes?.length ?? 0);
    if (needed > out.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * out.length));
      larger.set(out);
      out = larger;
      view = new DataView(out.buffer);
    }
    view.setUint32(used, bytes ? bytes.length : HOLE, true);
    used += 4;
    if (bytes) out.set(bytes, used);
    used += bytes?.length ?? 0;
    if ((id & 1023) === 1023) yield id / size;
  }
  return out.slice(0, used);
}
