import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'cat',
  label: 'Tabby cat',
  alt: 'Portrait of a brown tabby cat with large green eyes, a pink nose, a white muzzle and long white whiskers, in front of a dark teal background with soft lights.',
  file: 'samples/cat.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/cat-96.webp',
  script: 'scripts/samples/scenes/cat.mjs',
  order: 20,
};
