import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'lighthouse',
  label: 'Lighthouse',
  alt: 'A white lighthouse with red bands and a small cottage with a red roof stand on a grassy cliff above a blue sea, under large white clouds.',
  file: 'samples/lighthouse.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/lighthouse-96.webp',
  script: 'scripts/samples/scenes/lighthouse.mjs',
  order: 60,
};
