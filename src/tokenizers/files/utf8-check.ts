import { isContinuation } from '../../core/text/utf8';
import type { Steps } from './steps';

const CHUNK = 1 << 20;

/** The first byte that is not valid UTF-8; -1 where all are. */
export function* invalidUtf8(bytes: Uint8Array): Steps<number> {
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(bytes.length, start + CHUNK);
    // Chunks end between characters.
    while (end < bytes.length && end > start + 1 && isContinuation(bytes[end]!)) end--;
    if (!isValid(bytes, start, end)) return firstInvalid(bytes, start, end);
    start = end;
    yield start / bytes.length;
  }
  return -1;
}

/** What is wrong with the bytes at `at`, which `invalidUtf8` found. */
export function utf8Fault(bytes: Uint8Array, at: number): string {
  for (let cut = 1; cut < 4; cut++) {
    if (bytes.length - cut >= at && isValid(bytes, at, bytes.length - cut))
      return 'it breaks off within a character';
  }
  return 'it is not UTF-8 text';
}

function isValid(bytes: Uint8Array, start: number, end: number): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end));
    return true;
  } catch {
    return false;
  }
}

/** Halves the range until one character is left. */
function firstInvalid(bytes: Uint8Array, from: number, to: number): number {
  let start = from;
  let end = to;
  while (end - start > 8) {
    let middle = (start + end) >> 1;
    while (middle > start && isContinuation(bytes[middle]!) && middle > ((start + end) >> 1) - 4) middle--;
    if (middle === start) break;
    if (isValid(bytes, start, middle)) start = middle;
    else end = middle;
  }
  for (let length = 1; start + length <= to && length <= 4; length++) {
    if (!isValid(bytes, start, start + length)) continue;
    start += length;
    length = 0;
  }
  return start;
}
