import { type Codebook, scalarCodebook, signCodebook } from '../../core/image/codebook';
import type { ModelDescription } from '../../core/image/manifest';

/** The codebook of a model whose codes are not learned: scalar levels or signs; undefined for any other. */
export function impliedCodebook({
  id,
  tokens,
}: Pick<ModelDescription, 'id' | 'tokens'>): Codebook | undefined {
  if (id === 'glyphs') return signCodebook(tokens.bits);
  // All quantisers of this size that are known have the same levels: fixed-32 here, FlexTok elsewhere.
  return tokens.codebookSize === 64_000 ? scalarCodebook([8, 8, 8, 5, 5, 5]) : undefined;
}
