import { Cl100kScanner } from './cl100k-scanner';
import { Gpt2Scanner } from './gpt2-scanner';
import { O200kScanner } from './o200k-scanner';
import type { PieceScanner } from './scanner';

const CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const UPPER = String.raw`[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`;
const LOWER = String.raw`[\p{Ll}\p{Lm}\p{Lo}\p{M}]`;
const SPACES = String.raw`\s*[\r\n]+|\s+(?!\S)|\s+`;

const cl100k = (digits: string) =>
  String.raw`${CONTRACTIONS}|[^\r\n\p{L}\p{N}]?\p{L}+|${digits}| ?[^\s\p{L}\p{N}]+[\r\n]*|${SPACES}`;

/** Expressions that have a scanner of their own. */
const known: ReadonlyMap<string, () => PieceScanner> = new Map<string, () => PieceScanner>([
  [
    String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
    () => new Gpt2Scanner(),
  ],
  [cl100k(String.raw`\p{N}{1,3}`), () => new Cl100kScanner(3)],
  [cl100k(String.raw`\p{N}`), () => new Cl100kScanner(1)],
  [
    `[^\\r\\n\\p{L}\\p{N}]?${UPPER}*${LOWER}+${CONTRACTIONS}?|[^\\r\\n\\p{L}\\p{N}]?${UPPER}+${LOWER}*${CONTRACTIONS}?|${String.raw`\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*`}|${SPACES}`,
    () => new O200kScanner(),
  ],
]);

/** The expressions that have a scanner of their own: tests compare the two. */
export const scannedPatterns: readonly string[] = [...known.keys()];

/** What makes scanners for an expression that has one of its own; undefined for others. */
export function knownScanner(pattern: string): (() => PieceScanner) | undefined {
  return known.get(pattern);
}
