import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'numbers',
  label: 'Numbers',
  summary: 'How numbers are cut: from the left, from the right, or neither.',
  place: 60,
  load: async () => (await import('./NumbersPane')).NumbersPane,
};
