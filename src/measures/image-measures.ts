import type { RgbImage } from '../core/image/pixels';

/** A measure of how far a reconstruction is from its original: one file in src/measures/image-measures. */
export interface ImageMetric {
  /** For ever: it is in saved results. */
  readonly id: string;
  readonly label: string;
  /** Empty for a plain ratio. */
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** The range that a chart shows, where values have one; else charts follow the values. */
  readonly range?: readonly [low: number, high: number];
  /** Place in lists: small first. */
  readonly place: number;
  /** Two pictures of the same size. */
  compute(a: RgbImage, b: RgbImage): number;
}

const modules = import.meta.glob<Record<string, ImageMetric>>(['./image/*.ts'], {
  eager: true,
});

/** Every metric, in the order of lists. Adding a file is the only step to add one. */
export const allMetrics: readonly ImageMetric[] = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .sort((a, b) => a.place - b.place);

/** All metrics of a pair, by id. */
export function measure(a: RgbImage, b: RgbImage): Record<string, number> {
  return Object.fromEntries(allMetrics.map((metric) => [metric.id, metric.compute(a, b)]));
}
