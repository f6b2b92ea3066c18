import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'dunes',
  label: 'Sand dunes',
  alt: 'The sunlit crest of a golden sand dune winds between brown, shaded dunes that fade into haze, under a pale evening sky.',
  file: 'samples/dunes.webp',
  width: 680,
  height: 512,
  thumbnail: 'samples/dunes-96.webp',
  script: 'scripts/samples/scenes/dunes.mjs',
  order: 90,
};
