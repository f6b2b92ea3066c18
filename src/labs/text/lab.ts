import type { LabEntry } from '../lab';

export const textLab: LabEntry = {
  id: 'text',
  label: 'Text',
  title: 'Text lab',
  embedHeight: 680,
  load: () => import('./create'),
};
