import type { LabEntry } from '../lab';

export const imageLab: LabEntry = {
  id: 'image',
  label: 'Image',
  title: 'Image lab',
  embedHeight: 600,
  load: () => import('./create'),
};
