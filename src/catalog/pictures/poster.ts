import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'poster',
  label: 'Poster',
  alt: 'A yellow poster with the words “one token at a time” in large, round, dark blue and red letters, a red striped sun, and a row of twelve squares, seven of them filled.',
  file: 'samples/poster.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/poster-96.webp',
  script: 'scripts/samples/scenes/poster.mjs',
  order: 120,
};
