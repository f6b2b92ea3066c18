import type { PieceScanner } from '../pretokenizers/scanner';
import type { WordCounts } from './word-counts';

const encoder = new TextEncoder();

/** One way to divide a text into pieces, and where these are counted. */
export interface Division {
  readonly counts: WordCounts;
  readonly scanner: PieceScanner;
}

/**
 * Counts the pieces of a text that merges do not cross, by every division. Each line, with its end, is read by itself, as
 * the official trainer reads files: no piece holds two line ends.
 * @param text well-formed
 * @returns UTF-8 bytes of the text
 */
export function countWords(divisions: readonly Division[], text: string): number {
  let size = 0;
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf('\n', from);
    const to = feed < 0 ? text.length : feed + 1;
    const line = text.slice(from, to);
    const bytes = encoder.encode(line);
    for (const { counts, scanner } of divisions) countPieces(counts, scanner, line, bytes);
    size += bytes.length;
    from = to;
  }
  return size;
}

function countPieces(counts: WordCounts, scanner: PieceScanner, text: string, bytes: Uint8Array): void {
  scanner.begin(text, 0, text.length, bytes, 0, bytes.length);
  for (let from = 0; from < bytes.length; ) {
    const to = scanner.next();
    counts.add(bytes, from, to);
    from = to;
  }
}
