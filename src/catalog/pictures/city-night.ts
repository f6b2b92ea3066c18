import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'city-night',
  label: 'City at night',
  alt: 'Skyscrapers with lit windows rise under a full moon and a violet evening sky; their lights shimmer in the river below.',
  file: 'samples/city-night.webp',
  width: 680,
  height: 512,
  thumbnail: 'samples/city-night-96.webp',
  script: 'scripts/samples/scenes/city-night.mjs',
  order: 80,
};
