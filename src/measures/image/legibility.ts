import type { RgbImage } from '../../core/image/pixels';
import { editDistance } from '../../core/text/edit-distance';
import type { DearFacts } from '../image-facts';
import type { ImageTools, Reading } from '../image-measures';

/** The character error rate of what a text recognizer (PP-OCRv4) reads, against what it reads in the original. */
export const facts: DearFacts = {
  id: 'legibility',
  label: 'Legibility',
  unit: 'CER',
  better: 'lower',
  cost: 'dear',
  scale: 'share of the characters that are read otherwise than in the original',
  absent: 'No writing found in this picture.',
  place: 5,
};

export async function compute(a: RgbImage, b: RgbImage, tools: ImageTools): Promise<number | undefined> {
  return errorRate(await tools.read(a), () => tools.read(b));
}

/** @returns undefined where the original has no writing that can be read: it has nothing to lose */
async function errorRate(original: Reading, read: () => Promise<Reading>): Promise<number | undefined> {
  const wanted = solid(original);
  if (wanted === '') return undefined;
  return editDistance(wanted, solid(await read())) / [...wanted].length;
}

/** Without spaces, as PaddleOCR compares: the recognizer places them by chance. */
function solid({ text }: Reading): string {
  return text.replaceAll(/\s/g, '');
}
