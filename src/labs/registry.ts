import { aboutLab } from './about/lab';
import { imageLab } from './image/lab';
import type { LabEntry } from './lab';
import { libraryLab } from './library/lab';
import { papersLab } from './papers/lab';
import { textLab } from './text/lab';
import { trainLab } from './train/lab';

/** Every lab, in the order of the tabs; the first one opens where the address names none. */
export const labs: readonly LabEntry[] = [imageLab, textLab, trainLab, papersLab, libraryLab, aboutLab];
