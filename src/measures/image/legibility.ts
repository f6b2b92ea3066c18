import { editDistance } from '../../core/text/edit-distance';
import type { DearImageMeasure } from '../image-measures';

/** The character error rate of what a text recognizer (PP-OCRv4) reads, against what it reads in the original. */
export const legibility: DearImageMeasure = {
  id: 'legibility',
  label: 'Legibility',
  unit: 'CER',
  better: 'lower',
  cost: 'dear',
  scale: 'CER: edits between what PP-OCRv4 reads here and in the original, for each character there; 0 = the same',
  place: 5,
  async compute(a, b, tools) {
    const original = await tools.read(a);
    const characters = [...original.text].length;
    // A picture without writing that can be read has nothing to lose.
    if (characters === 0) return undefined;
    return editDistance(original.text, (await tools.read(b)).text) / characters;
  },
};
