import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'balloon',
  label: 'Hot-air balloon',
  alt: 'A striped hot-air balloon in red, yellow, white and blue floats over misty violet hills at sunrise; two smaller balloons drift beside the low sun.',
  file: 'samples/balloon.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/balloon-96.webp',
  script: 'scripts/samples/scenes/balloon.mjs',
  order: 30,
};
