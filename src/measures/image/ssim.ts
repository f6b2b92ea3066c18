import type { CheapImageMeasure } from '../image-measures';
import { lumaOf, structureOf } from '../structure';

/** Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004) on luma; see `structureOf`. */
export const ssim: CheapImageMeasure = {
  id: 'ssim',
  label: 'SSIM',
  unit: '',
  better: 'higher',
  cost: 'cheap',
  range: [0, 1],
  place: 2,
  compute: (a, b) => structureOf(lumaOf(a), lumaOf(b)).similarity,
};
