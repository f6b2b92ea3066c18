import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'still-life',
  label: 'Still life',
  alt: 'Three oranges are piled in a white bowl with blue lines on a wooden table, beside a yellow pear, two plums and a pair of cherries, lit from a window on the left.',
  file: 'samples/still-life.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/still-life-96.webp',
  script: 'scripts/samples/scenes/still-life.mjs',
  order: 40,
};
