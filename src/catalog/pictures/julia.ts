import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'julia',
  label: 'Julia set',
  alt: 'Detail of a Julia set: a blue bay with one curled arm, surrounded by beaded spirals in white, orange and dark blue.',
  file: 'samples/julia.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/julia-96.webp',
  script: 'scripts/samples/scenes/julia.mjs',
  order: 110,
};
