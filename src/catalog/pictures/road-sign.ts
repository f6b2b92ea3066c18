import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'road-sign',
  label: 'Road sign',
  alt: 'A green road sign at dusk with the words “EXIT 7” and “LONE HILL” in large white capitals; behind it a road and hills.',
  file: 'samples/road-sign.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/road-sign-96.webp',
  script: 'scripts/samples/scenes/road-sign.mjs',
  order: 122,
};
