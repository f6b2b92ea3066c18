import { samples } from '../catalog/pictures';
import { textTokenizers } from '../catalog/tokenizers';
import type { Known } from '../core/link/known';
import { bundledModels } from '../engine/image/models';

/** What a link may name: everything that is bundled. */
export const KNOWN: Known = {
  models: bundledModels,
  samples: samples.map((sample) => sample.id),
  tokenizers: textTokenizers.map((entry) => entry.id),
};
