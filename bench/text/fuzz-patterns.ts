import { mayBeEndless } from '../../src/tokenizers/pretokenizers/endless-patterns';
import { PatternError } from '../../src/tokenizers/pretokenizers/pattern-nodes';
import { nastyPattern, patternText } from '../../src/tokenizers/testing/nasty-pattern';
import { withoutNewerUnicode } from '../../src/tokenizers/testing/newer-unicode';
import { PatternOracle, patternDifference } from '../../src/tokenizers/testing/pattern-oracle';
import { Random } from '../../src/tokenizers/testing/random';
import type { Comparison } from './comparison';

/** Generated expressions against Oniguruma, by way of Hugging Face's library: one for each text. */
export const patternComparisons: readonly Comparison[] = [
  {
    name: 'generated patterns, Hugging Face',
    prepare: async () => {
      const assigned = new PatternOracle('\\P{Cn}');
      return async (text) => {
        const known = withoutNewerUnicode(text.toWellFormed());
        return comparePattern(hashOf(text), withoutUnassigned(known, assigned));
      };
    },
  },
];

/** The text without characters that only one of the two sides knows: Oniguruma has Unicode 16. */
function withoutUnassigned(text: string, assigned: PatternOracle): string {
  const [, theirs] = assigned.parts(text);
  const known = new Set(theirs);
  return Array.from(text)
    .filter((character) => known.has(character) === /\P{Cn}/u.test(character))
    .join('');
}

function comparePattern(seed: number, given: string): string | undefined {
  const pattern = nastyPattern(seed);
  let oracle: PatternOracle;
  try {
    oracle = new PatternOracle(pattern);
  } catch {
    // What the library refuses may be accepted here: no tokenizer that works has it.
    return undefined;
  }
  const random = new Random(seed);
  const length = longestText(pattern);
  const texts = [given, ...Array.from({ length: 8 }, () => patternText(random))];
  try {
    return patternDifference(
      pattern,
      oracle,
      texts.map((text) => Array.from(text).slice(0, length).join('')),
    );
  } catch (error) {
    return error instanceof PatternError ? undefined : `${pattern}: ${String(error)}`;
  }
}

/** How long a text may be, in characters: where there is too much to try, the library ends the whole process. */
function longestText(pattern: string): number {
  if (mayBeEndless(pattern)) return 5;
  // Its alternatives may overlap.
  if (/\)[*+{]/.test(pattern)) return 8;
  const repetitions = pattern.match(/[*+}]/g)?.length ?? 0;
  return repetitions < 3 ? 60 : repetitions < 6 ? 14 : 6;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
