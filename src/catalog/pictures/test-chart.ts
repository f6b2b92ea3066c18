import type { PictureSample } from '../picture-sample';

export const sample: PictureSample = {
  id: 'test-chart',
  label: 'Test chart',
  alt: 'A resolution chart on light paper: a zone plate of concentric rings, a star of black wedges, fading grey discs, grey and colour ramps, colour patches and bars of falling width.',
  file: 'samples/test-chart.webp',
  width: 512,
  height: 512,
  thumbnail: 'samples/test-chart-96.webp',
  script: 'scripts/samples/scenes/test-chart.mjs',
  order: 130,
};
