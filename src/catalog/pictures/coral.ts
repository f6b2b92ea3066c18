import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'coral',
  label: 'Brain coral',
  alt: 'A labyrinth of rounded, cream-coloured ridges winds over a dark blue ground, like the surface of a brain coral.',
  file: 'samples/coral.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/coral-96.webp',
  script: 'scripts/samples/scenes/coral.mjs',
  order: 100,
};
