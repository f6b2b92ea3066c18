import { isContinuation } from '../../core/text/utf8';

const LINE_FEED = 0x0a;

/** Where a byte of a text file is, for people: `line 3, column 14, byte 57` (line and column count from 1). */
export function placeIn(bytes: Uint8Array, at: number): string {
  let line = 1;
  let lineStart = 0;
  for (
    let next = bytes.indexOf(LINE_FEED);
    next >= 0 && next < at;
    next = bytes.indexOf(LINE_FEED, next + 1)
  ) {
    line++;
    lineStart = next + 1;
  }
  let column = 1;
  for (let i = lineStart; i < at && i < bytes.length; i++) if (!isContinuation(bytes[i]!)) column++;
  return `line ${line}, column ${column}, byte ${at}`;
}
