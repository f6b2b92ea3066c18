const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 0x3d;

/** Six bits by letter; 255 for a letter outside the alphabet. */
const BITS = new Uint8Array(256).fill(255);
for (let i = 0; i < 64; i++) BITS[ALPHABET.charCodeAt(i)] = i;

/**
 * Decodes the base64 (RFC 4648, padded) of `bytes[start, end)` into `out`.
 * @returns the length; -1 where it is not base64
 */
export function decodeBase64(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  if ((end - start) % 4 !== 0) return -1;
  let padding = 0;
  while (padding < 2 && end - padding > start && bytes[end - 1 - padding] === PADDING) padding++;
  let length = 0;
  for (let at = start; at < end; at += 4) {
    const kept = at + 4 === end ? 4 - padding : 4;
    let group = 0;
    for (let i = 0; i < 4; i++) {
      const bits = i < kept ? BITS[bytes[at + i]!]! : 0;
      if (bits > 63) return -1;
      group = (group << 6) | bits;
    }
    for (let i = 0; i < kept - 1; i++) out[length++] = (group >> (16 - 8 * i)) & 0xff;
  }
  return length;
}

/** Whether `bytes[start, end)` is nothing but the signs that fill up base64. */
export function isPadding(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== PADDING) return false;
  return end > start;
}
