import { type ImageFacts, imageFacts } from '../../../measures/image-facts';
import type { NeedQuestion } from './need-model';

/** What is asked at first: at about this quality, the bundled models' pictures of photographs become recognisable. */
const USUAL: Readonly<Record<string, number>> = {
  psnr: 20,
  ssim: 0.6,
  'ms-ssim': 0.85,
  'tokenoscope-distance': 3,
  legibility: 0.1,
};

/** What a target may be named after instead of a number. */
export interface NamedTarget {
  readonly name: string;
  readonly value: number;
}

/**
 * What JPEG files have on average at two of their qualities: 100 photographs of 128x128 pixels, docs/models.md, "Rate and
 * quality". Most programs call quality 10 "low", and at 20 few people mind what they see.
 */
const AS_JPEG: Readonly<Record<string, readonly [atTen: number, atTwenty: number]>> = {
  psnr: [25.4, 27.8],
  ssim: [0.81, 0.88],
  'ms-ssim': [0.957, 0.98],
  'tokenoscope-distance': [0.94, 0.55],
};

/** Targets of a measure that have a name, from easy to hard; none where nothing was measured. */
export function namedTargets({ measure }: NeedQuestion): readonly NamedTarget[] {
  const jpeg = AS_JPEG[measure];
  if (!jpeg) return [];
  return [
    { name: 'Recognisable', value: questionOf(measure).value },
    { name: 'Like JPEG at quality 10', value: jpeg[0] },
    { name: 'Like JPEG at quality 20', value: jpeg[1] },
  ];
}

/** The quality that a measure's field begins with. */
function usualTarget({ id, range }: ImageFacts): number {
  return USUAL[id] ?? (range ? (range[0] + range[1]) / 2 : 1);
}

/** A question about a measure, with its usual target where none is given. */
export function questionOf(id: string, value?: number): NeedQuestion {
  const measure = imageFacts.find((one) => one.id === id) ?? imageFacts[0]!;
  return { measure: measure.id, better: measure.better, value: value ?? usualTarget(measure) };
}

/** By how much the arrows of the field change a target. */
export function stepOf({ unit, range }: ImageFacts): number {
  return unit === 'dB' ? 0.5 : range ? 0.01 : 0.1;
}
