import type { CheapImageMeasure } from '../image-measures';
import { structures } from '../structure';

/** Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004) on luma; see `structures`. */
export const ssim: CheapImageMeasure = {
  id: 'ssim',
  label: 'SSIM',
  unit: '',
  better: 'higher',
  cost: 'cheap',
  range: [0, 1],
  place: 2,
  compute: (a, b) => structures(a, b, 1)[0]!.similarity,
};
