import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'portrait',
  label: 'Sleeping muse',
  alt: 'Head and shoulders of a woman with closed eyes, dark hair combed back and an orange knitted turtleneck, softly lit in front of a teal wall.',
  file: 'samples/portrait.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/portrait-96.webp',
  script: 'scripts/samples/scenes/portrait.mjs',
  order: 50,
};
