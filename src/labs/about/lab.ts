import type { LabEntry } from '../lab';

export const aboutLab: LabEntry = {
  id: 'about',
  label: 'About',
  title: 'About',
  load: () => import('./create'),
};
