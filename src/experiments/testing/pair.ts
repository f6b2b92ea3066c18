import { uniforms } from '../../engine/lm/draw';
import { START } from '../../engine/lm/language-model';
import type { DraftTarget, NextTokens } from '../draft-target';

/** A distribution with many small probabilities, as a language has. */
export function distribution(seed: number, size: number): Float64Array {
  const uniform = uniforms(seed);
  const weights = Float64Array.from({ length: size }, () => uniform() ** 4);
  const total = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((each) => each / total);
}

/** A model whose next token depends on the one before. */
function model(seed: number, size: number): NextTokens {
  const rows = Array.from({ length: size + 1 }, (_, i) => distribution(seed + i, size));
  return {
    vocabulary: { size, bytes: (id) => Uint8Array.of(65 + id) },
    next: async (prefixes) => prefixes.map(({ id }) => rows[id + 1]!),
  };
}

/** Two models of five tokens, which have nothing to do with each other. */
export const pair: DraftTarget = {
  draft: model(1, 5),
  target: model(100, 5),
  vocabulary: model(1, 5).vocabulary,
  prompts: [START],
};
