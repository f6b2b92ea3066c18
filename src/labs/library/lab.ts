import type { LabEntry } from '../lab';

export const libraryLab: LabEntry = {
  id: 'library',
  label: 'Library',
  title: 'Library',
  load: () => import('./create'),
};
