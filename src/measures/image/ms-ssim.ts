import type { RgbImage } from '../../core/image/pixels';
import type { CheapFacts } from '../image-facts';
import { structures } from '../structure';
import { similarityMap } from '../structure-map';

/** What each scale counts, finest first (table of the paper, from experiments with observers). */
const WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

/**
 * Multi-scale structural similarity (Wang, Simoncelli, Bovik 2003) on luma: contrast and structure at every
 * scale, luminance at the coarsest, each halving a mean of 2x2. The five scales need 176 pixels; a smaller
 * picture has as many as hold the 11x11 window (four at 128x128), their weights made to sum to 1. Negative
 * means count as 0, as a root of them would not be real.
 */
export const facts: CheapFacts = {
  id: 'ms-ssim',
  label: 'MS-SSIM',
  unit: '',
  better: 'higher',
  cost: 'cheap',
  range: [0, 1],
  place: 3,
  map: {
    label: 'MS-SSIM around each pixel',
    worst: 0,
    best: 1,
    note: 'The product of what every scale says of a place. Its mean is not the figure, which multiplies means.',
  },
};

export function compute(a: RgbImage, b: RgbImage): number {
  const scales = structures(a, b, WEIGHTS.length);
  const weights = WEIGHTS.slice(0, scales.length);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return scales.reduce((product, { contrast, similarity }, i) => {
    const mean = i === scales.length - 1 ? similarity : contrast;
    return product * Math.max(0, mean) ** (weights[i]! / sum);
  }, 1);
}

export function computeMap(a: RgbImage, b: RgbImage): Float32Array<ArrayBuffer> {
  return similarityMap(a, b, WEIGHTS);
}
