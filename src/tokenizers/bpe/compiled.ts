import type { Tokenizer } from '../../core/text/tokens';
import { arrived } from '../arrived-code';
import { NormalizingTokenizer } from '../normalizing-tokenizer';
import { knownScanner } from '../pretokenizers/known-scanners';
import type { PieceScanner } from '../pretokenizers/scanner';
import type { TokenizerSpec } from '../spec';
import { SpecialTokens } from '../special-tokens';
import { readCompiledVocabulary } from '../vocabulary';
import { rankBpe } from './rank-bpe';
import { RankTokenizer } from './rank-tokenizer';

/**
 * Reads the compiled vocabulary of a tokenizer whose ids are merge ranks (format: ../compiled/rank-format.ts).
 * @throws TokenoscopeError `tokenizer-corrupt` where the bytes are not one
 */
export async function readCompiledRanks(
  spec: TokenizerSpec & { kind: 'bpe-ranks' },
  file: Uint8Array,
): Promise<Tokenizer> {
  const compiled = await readCompiledVocabulary(spec.vocabulary, file);
  const bpe = rankBpe(compiled);
  const special = new SpecialTokens(spec.special);
  const scanner = await scannerFor(spec.pattern);
  const tokenizer = new RankTokenizer(compiled.vocabulary, bpe, scanner, special, spec.begin);
  return spec.normalizer ? new NormalizingTokenizer(tokenizer, spec.normalizer, special) : tokenizer;
}

/** The translator of expressions is large: only an expression without a scanner of its own loads it. */
async function scannerFor(pattern: string): Promise<() => PieceScanner> {
  return knownScanner(pattern) ?? (await arrived(import('../pretokenizers/scanner-for'))).scannerFor(pattern);
}
