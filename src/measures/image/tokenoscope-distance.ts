import { image, scale } from '../../../public/measures/tokenoscope-distance/measure.json';
import type { RgbImage } from '../../core/image/pixels';
import type { DearFacts } from '../image-facts';
import type { ImageTools } from '../image-measures';

const id = 'tokenoscope-distance';

/** This project's learned perceptual distance (docs/models.md). */
export const facts: DearFacts = {
  id,
  label: 'Distance',
  unit: '',
  better: 'lower',
  cost: 'dear',
  scale,
  size: image,
  place: 4,
};

export function compute(a: RgbImage, b: RgbImage, tools: ImageTools): Promise<number | undefined> {
  return tools.distance(id, a, b);
}
