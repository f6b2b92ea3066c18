import type { LabEntry } from '../lab';

export const textLab: LabEntry = {
  id: 'text',
  label: 'Text',
  title: 'Text lab',
  embedHeight: 420,
  load: () => import('./create'),
};
