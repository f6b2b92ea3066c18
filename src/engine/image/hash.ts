/** FNV-1a over 32-bit words, twice with different seeds: 64 bits, for cache keys (not cryptographic). */
export function hashBytes(data: Uint32Array | Uint8ClampedArray | Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    a = Math.imul(a ^ value, 0x01000193);
    b = Math.imul(b ^ value, 0x85ebca6b) + i;
  }
  return `${data.length.toString(36)}-${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}
