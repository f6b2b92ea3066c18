import { characterWidth, HEX_BYTE_WIDTH } from './cells';

/** No row holds more bytes than this; otherwise any number of marks without width could pile up in one row. */
const MAX_ROW_BYTES = 1024;

/** Room kept at the end of a row, into which a line break hangs. */
const HANGING = 2;

/** Bytes between two yields: about a millisecond. */
const SLICE = 65_536;

/**
 * Breaks a text that two tokenizers cut into rows that hold either's tokens: the byte with which each row begins. A row
 * ends at a line break, else where both have a boundary, else within a token. A character that one of them splits
 * takes the room of its bytes in hex. Yields now and then; linear time.
 * @param bytes well-formed UTF-8
 * @param over boundaries of the one, ascending
 * @param under boundaries of the other
 * @param width of a row in half cells
 */
export function* layoutDiff(
  bytes: Uint8Array,
  over: Uint32Array,
  under: Uint32Array,
  width: number,
): Generator<void, Uint32Array<ArrayBuffer>, void> {
  const full = Math.max(width, 16);
  const rows: number[] = bytes.length > 0 ? [0] : [];
  let begin = 0;
  let used = 0;
  /** The last boundary of both in the row, and the width up to it. */
  let shared = 0;
  let usedToShared = 0;
  let i = 0;
  let j = 0;
  let pause = SLICE;
  const breakAt = (at: number, left: number) => {
    if (at < bytes.length) rows.push(at);
    begin = at;
    used = left;
    shared = at;
    usedToShared = 0;
  };
  for (let at = 0; at < bytes.length; ) {
    if (at >= pause) {
      yield;
      pause = at + SLICE;
    }
    const length = lengthAt(bytes, at);
    const next = at + length;
    while (i < over.length && over[i]! < at) i++;
    while (j < under.length && under[j]! < at) j++;
    const isCutOver = over[i] === at;
    const isCutUnder = under[j] === at;
    if (isCutOver && isCutUnder) {
      shared = at;
      usedToShared = used;
    }
    const inside =
      Math.min(over[isCutOver ? i + 1 : i] ?? next, under[isCutUnder ? j + 1 : j] ?? next) < next;
    const code = codeAt(bytes, at, length);
    const plain = characterWidth(code, isCutOver || isCutUnder || at === begin);
    const size = inside ? Math.max(plain, length * HEX_BYTE_WIDTH) : plain;
    const room = code === 0x0a || code === 0x0d ? full : full - HANGING;
    if (at > begin && (used + size > room || next - begin > MAX_ROW_BYTES)) {
      if (shared > begin) breakAt(shared, used - usedToShared);
      else breakAt(at, 0);
    }
    // What has moved to the new row may still be too wide for it.
    if (at > begin && used + size > room) breakAt(at, 0);
    used += size;
    at = next;
    const isLineEnd =
      code === 0x0a || code === 0x2028 || code === 0x2029 || (code === 0x0d && bytes[at] !== 0x0a);
    if (isLineEnd) breakAt(at, 0);
  }
  return Uint32Array.from(rows);
}

function lengthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return Math.min(length, bytes.length - at);
}

function codeAt(bytes: Uint8Array, at: number, length: number): number {
  let code = length === 1 ? bytes[at]! : bytes[at]! & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) code = (code << 6) | (bytes[at + k]! & 0x3f);
  return code;
}
