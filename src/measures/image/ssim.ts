import type { RgbImage } from '../../core/image/pixels';
import type { CheapFacts } from '../image-facts';
import { structures } from '../structure';
import { similarityMap } from '../structure-map';

/** Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004) on luma; see `structures`. */
export const facts: CheapFacts = {
  id: 'ssim',
  label: 'SSIM',
  unit: '',
  better: 'higher',
  cost: 'cheap',
  range: [0, 1],
  place: 2,
  map: {
    label: 'SSIM around each pixel',
    worst: 0,
    best: 1,
    note: 'Of the 11 × 11 window around each pixel; at the edge, of the nearest window that fits.',
  },
};

export function compute(a: RgbImage, b: RgbImage): number {
  return structures(a, b, 1)[0]!.similarity;
}

export function computeMap(a: RgbImage, b: RgbImage): Float32Array<ArrayBuffer> {
  return similarityMap(a, b, [1]);
}
