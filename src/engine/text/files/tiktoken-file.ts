import { TokenoscopeError } from '../../../core/errors';
import type { Tokenizer } from '../../../core/text/tokens';
import { BacktrackingBpe } from '../bpe/backtracking';
import { leftLengthsByRank } from '../bpe/left-lengths';
import { RankMerges } from '../bpe/merges';
import { RankTokenizer } from '../bpe/rank-tokenizer';
import { scannedPatterns, scannerFor } from '../pretokenizers/scanner-for';
import { SpecialTokens } from '../special-tokens';
import { Vocabulary } from '../vocabulary';

/** Which of the known expressions goes with how many tokens; the file itself does not say. */
const PATTERNS: readonly (readonly [tokens: number, pattern: string, name: string])[] = [
  [50256, scannedPatterns[0]!, 'GPT-2'],
  [50280, scannedPatterns[0]!, 'p50k'],
  [199998, scannedPatterns[3]!, 'o200k'],
];

/**
 * Builds a tokenizer from a `.tiktoken` file: `base64 rank` on each line.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the line
 */
export function tokenizerFromTiktoken(text: string): { tokenizer: Tokenizer; notes: string[] } {
  const tokens: string[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    if (line === '') return;
    const match = /^([A-Za-z0-9+/=]+) (\d+)$/.exec(line);
    if (!match) throw corrupt(`line ${i + 1} is not "base64 rank"`);
    const rank = Number(match[2]);
    if (rank > 16_000_000) throw corrupt(`line ${i + 1} has the rank ${rank}`);
    if (tokens[rank] !== undefined) throw corrupt(`line ${i + 1} repeats the rank ${rank}`);
    try {
      tokens[rank] = atob(match[1]!);
    } catch {
      throw corrupt(`line ${i + 1} is no base64`);
    }
  });
  const vocabulary = vocabularyOf(tokens);
  for (let byte = 0; byte < 256; byte++) {
    if (vocabulary.find(new Uint8Array([byte]), 0, 1) < 0) throw corrupt(`the byte ${byte} has no token`);
  }
  let count = 0;
  for (const token of tokens) if (token !== undefined) count++;
  const known = PATTERNS.find(([size]) => size === count);
  const name = known?.[2] ?? 'cl100k';
  const merges = new RankMerges({ vocabulary, leftLengths: leftLengthsByRank(vocabulary) });
  const tokenizer = new RankTokenizer(
    vocabulary,
    new BacktrackingBpe(vocabulary, merges),
    scannerFor(known?.[1] ?? scannedPatterns[1]!),
    new SpecialTokens({}),
  );
  return {
    tokenizer,
    notes: [`The file does not say how text is cut into pieces, nor its special tokens: cut as for ${name}.`],
  };
}

function vocabularyOf(tokens: readonly (string | undefined)[]): Vocabulary {
  const offsets = new Uint32Array(tokens.length + 1);
  for (let id = 0; id < tokens.length; id++) offsets[id + 1] = offsets[id]! + (tokens[id]?.length ?? 0);
  const pool = new Uint8Array(offsets[tokens.length]!);
  for (let id = 0; id < tokens.length; id++) {
    const token = tokens[id] ?? '';
    for (let i = 0; i < token.length; i++) pool[offsets[id]! + i] = token.charCodeAt(i);
  }
  return new Vocabulary(pool, offsets);
}

function corrupt(what: string): TokenoscopeError {
  return new TokenoscopeError(
    'tokenizer-corrupt',
    `This .tiktoken file is not usable: ${what}.`,
    'Check that the file is complete and unchanged.',
  );
}
