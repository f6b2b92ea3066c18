/** A text in UTF-16, by its byte-order mark or by the zeros beside its first characters, as UTF-8; else undefined. */
export function fromUtf16(bytes: Uint8Array): Uint8Array | undefined {
  const [a, b] = bytes;
  const little = (a === 0xff && b === 0xfe) || (a === 0x7b && b === 0);
  const big = (a === 0xfe && b === 0xff) || (a === 0 && b === 0x7b);
  if (!little && !big) return undefined;
  return new TextEncoder().encode(new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(bytes));
}
