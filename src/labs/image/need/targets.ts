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
