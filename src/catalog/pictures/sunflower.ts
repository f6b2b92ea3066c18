import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'sunflower',
  label: 'Sunflower',
  alt: 'A yellow sunflower with a dark brown, spirally patterned centre and two green leaves, in front of a blurred green meadow.',
  file: 'samples/sunflower.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/sunflower-96.webp',
  script: 'scripts/samples/scenes/sunflower.mjs',
  order: 70,
};
