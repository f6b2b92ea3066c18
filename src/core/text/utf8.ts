const encoder = new TextEncoder();
// A byte-order mark is text: TextDecoder would drop it unless told otherwise.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8 of a text; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Text of UTF-8 bytes, byte-order mark kept; malformed sequences become U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  // Browsers refuse to decode memory that threads share.
  return decoder.decode(bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice());
}

/** True for the second to fourth byte of a UTF-8 character. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** Number of bytes of `text.slice(start, end)` in UTF-8; a lone surrogate counts as U+FFFD, three bytes. */
export function utf8Length(text: string, start = 0, end = text.length): number {
  let bytes = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isPair(text, i, end)) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

function isPair(text: string, at: number, end: number): boolean {
  if ((text.charCodeAt(at) & 0xfc00) !== 0xd800 || at + 1 >= end) return false;
  return (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}

/**
 * Byte offset of every UTF-16 unit of `text`, and the total at the end: `result[i]` for i in 0..text.length.
 * The second unit of a surrogate pair carries the offset of the character's first byte.
 */
export function byteOffsetsOfUnits(text: string): Uint32Array {
  const offsets = new Uint32Array(text.length + 1);
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    offsets[i] = bytes;
    if (isPair(text, i, text.length)) {
      offsets[++i] = bytes;
      bytes += 4;
    } else {
      const unit = text.charCodeAt(i);
      bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    }
  }
  offsets[text.length] = bytes;
  return offsets;
}

/**
 * UTF-16 offset of every byte of well-formed UTF-8, and the total at the end: `result[i]` for i in
 * 0..bytes.length. A continuation byte carries the offset of its character's first unit.
 */
export function unitOffsetsOfBytes(bytes: Uint8Array): Uint32Array {
  const offsets = new Uint32Array(bytes.length + 1);
  let units = 0;
  let next = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (!isContinuation(byte)) {
      units = next;
      next += byte >= 0xf0 ? 2 : 1;
    }
    offsets[i] = units;
  }
  offsets[bytes.length] = next;
  return offsets;
}
