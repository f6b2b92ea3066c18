/** Tabs, frames, columns made of spaces, and indentation. */
const ALIGNED = /\t|[\u2500-\u257f]|[^\s.!?] {2,}\S|^ {2,}\S/;

/** Lines that are checked. */
const LINES = 200;

/** Whether a text needs a monospace face (code, tables, frames): two such lines do, one stray double space does not. */
export function isTabular(text: string): boolean {
  let aligned = 0;
  for (const line of text.slice(0, 40_000).split('\n', LINES)) {
    if (ALIGNED.test(line) && ++aligned === 2) return true;
  }
  return false;
}
