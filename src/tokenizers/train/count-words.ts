import type { PieceScanner } from '../pretokenizers/scanner';
import type { WordCounts } from './word-counts';

const encoder = new TextEncoder();

/**
 * Counts the pieces of a text that merges do not cross. Each line, with its end, is read by itself, as the official
 * trainer reads files: no piece holds two line ends.
 * @param text well-formed
 */
export function countWords(counts: WordCounts, scanner: PieceScanner, text: string): void {
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf('\n', from);
    const to = feed < 0 ? text.length : feed + 1;
    const line = text.slice(from, to);
    countPieces(counts, scanner, line);
    from = to;
  }
}

/** Counts the pieces of a text that is one unit. @param text well-formed */
function countPieces(counts: WordCounts, scanner: PieceScanner, text: string): void {
  const bytes = encoder.encode(text);
  scanner.begin(text, 0, text.length, bytes, 0, bytes.length);
  for (let from = 0; from < bytes.length; ) {
    const to = scanner.next();
    counts.add(bytes, from, to);
    from = to;
  }
}
