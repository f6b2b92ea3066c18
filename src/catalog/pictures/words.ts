import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'words',
  label: 'Words',
  alt: 'The words “ink” and “token” in large, round black letters on white paper, one below the other.',
  file: 'samples/words.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/words-96.webp',
  script: 'scripts/samples/scenes/words.mjs',
  order: 125,
};
