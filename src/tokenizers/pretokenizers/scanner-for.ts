import { knownScanner } from './known-scanners';
import { rustPattern } from './oniguruma';
import { RegexScanner } from './regex-scanner';
import type { PieceScanner } from './scanner';

/**
 * What makes scanners for a publisher's pre-tokenizer expression.
 * @throws SyntaxError where the expression is not understood
 */
export function scannerFor(pattern: string): () => PieceScanner {
  const own = knownScanner(pattern);
  if (own) return own;
  const compiled = rustPattern(pattern);
  return () => new RegexScanner(compiled);
}
