import type { LabEntry } from '../lab';

export const trainLab: LabEntry = {
  id: 'train',
  label: 'Train',
  title: 'Training lab',
  load: () => import('./create'),
};
