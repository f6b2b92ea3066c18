import type { Tokenizer } from '../core/text/tokens';
import { rankBpe } from './bpe/rank-bpe';
import { RankTokenizer } from './bpe/rank-tokenizer';
import { ByteTokenizer } from './byte-tokenizer';
import { CharacterTokenizer } from './character-tokenizer';
import { readCompiledPipeline } from './hugging-face/compiled';
import { NormalizingTokenizer } from './normalizing-tokenizer';
import { scannerFor } from './pretokenizers/scanner-for';
import type { TokenizerSpec } from './spec';
import { SpecialTokens } from './special-tokens';
import { readCompiledVocabulary } from './vocabulary';
import { WordTokenizer } from './word-tokenizer';

/**
 * Builds the tokenizer that `spec` describes.
 * @param readVocabulary gives the compiled file of a vocabulary name; the browser fetches it, Node reads it
 * @throws TokenoscopeError `tokenizer-corrupt` for a damaged vocabulary, and whatever `readVocabulary` throws
 */
export async function loadTokenizer(
  spec: TokenizerSpec,
  readVocabulary: (name: string) => Promise<Uint8Array>,
): Promise<Tokenizer> {
  switch (spec.kind) {
    case 'utf8-bytes':
      return new ByteTokenizer();
    case 'characters':
      return new CharacterTokenizer();
    case 'words':
      return new WordTokenizer();
    case 'pipeline':
      return readCompiledPipeline(spec.vocabulary, await readVocabulary(spec.vocabulary));
    case 'bpe-ranks': {
      const compiled = await readCompiledVocabulary(spec.vocabulary, await readVocabulary(spec.vocabulary));
      const bpe = rankBpe(compiled);
      const special = new SpecialTokens(spec.special);
      const tokenizer = new RankTokenizer(compiled.vocabulary, bpe, scannerFor(spec.pattern), special);
      return spec.normalizer ? new NormalizingTokenizer(tokenizer, spec.normalizer, special) : tokenizer;
    }
  }
}
