import type { CheapImageMeasure } from '../image-measures';
import { structures } from '../structure';
import { similarityMap } from '../structure-map';

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
  map: {
    label: 'SSIM around each pixel',
    worst: 0,
    best: 1,
    note: 'Of the 11 × 11 window around each pixel; at the edge, of the nearest window that fits.',
    compute: (a, b) => similarityMap(a, b, [1]),
  },
};
