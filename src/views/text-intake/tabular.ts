/** Tabs, frames, columns made of spaces, and indentation. */
const ALIGNED = /\t|[\u2500-\u257f]|[^\s.!?] {2,}\S|^ {2,}\S/;

/** Lines that are looked at. */
const LINES = 200;

/** Whether a text counts on a monospace face: code, tables, frames. Two lines make one; a slip of the space bar does not. */
export function isTabular(text: string): boolean {
  let aligned = 0;
  for (const line of text.slice(0, 40_000).split('\n', LINES)) {
    if (ALIGNED.test(line) && ++aligned === 2) return true;
  }
  return false;
}
