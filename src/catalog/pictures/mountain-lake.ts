import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'mountain-lake',
  label: 'Mountain lake',
  alt: 'Snow-streaked mountains glow pink in the last sun above a dark forest and a still lake that mirrors them; black fir trees frame the near shore.',
  file: 'samples/mountain-lake.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/mountain-lake-96.webp',
  script: 'scripts/samples/scenes/mountain-lake.mjs',
  order: 10,
};
