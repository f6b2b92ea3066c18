import { strToU8, zipSync } from 'fflate';
import { TokenoscopeError } from '../../core/errors';
import { decodeUtf8 } from '../../core/text/utf8';
import type { SplitText } from './study.api';

/** As many files as a zip of this kind may hold. */
const MAX_FILES = 65_535;

/**
 * A file of a text's pieces: a zip of text files, or a JSON object on each line: piece (from 1), start and end (bytes of
 * the text), tokens, overlap (tokens repeated of the piece before), text.
 * @throws TokenoscopeError `text-too-large` where a zip cannot hold as many files
 */
export function packPieces(bytes: Uint8Array, pieces: SplitText, format: 'zip' | 'jsonl'): Uint8Array {
  const count = pieces.starts.length;
  if (format === 'jsonl')
    return strToU8(Array.from({ length: count }, (_, i) => pieceLine(bytes, pieces, i)).join(''));
  if (count > MAX_FILES) {
    throw new TokenoscopeError(
      'text-too-large',
      `A zip holds at most ${MAX_FILES} files, and these are ${count} pieces.`,
      'Download them as JSON lines, or allow more tokens a piece.',
    );
  }
  const digits = Math.max(3, String(count).length);
  const files = Array.from({ length: count }, (_, i) => {
    const name = `piece-${String(i + 1).padStart(digits, '0')}.txt`;
    return [name, bytes.slice(pieces.starts[i], pieces.ends[i])] as const;
  });
  // One date for all: the same pieces are the same file.
  return zipSync(Object.fromEntries(files), { level: 6, mtime: '1980-01-01T12:00:00' });
}

/** One piece as a line of JSON. */
export function pieceLine(
  bytes: Uint8Array,
  { starts, ends, tokens, overlaps }: SplitText,
  i: number,
): string {
  const [start, end] = [starts[i]!, ends[i]!];
  const text = decodeUtf8(bytes.subarray(start, end));
  return `${JSON.stringify({ piece: i + 1, start, end, tokens: tokens[i], overlap: overlaps[i], text })}\n`;
}
