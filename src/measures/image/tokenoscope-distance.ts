import { image, scale } from '../../../public/measures/tokenoscope-distance/measure.json';
import type { DearImageMeasure } from '../image-measures';

const id = 'tokenoscope-distance';

/** This project's learned perceptual distance (docs/models.md). */
export const tokenoscopeDistance: DearImageMeasure = {
  id,
  label: 'Distance',
  unit: '',
  better: 'lower',
  cost: 'dear',
  scale,
  size: image,
  place: 4,
  compute: (a, b, tools) => tools.distance(id, a, b),
};
