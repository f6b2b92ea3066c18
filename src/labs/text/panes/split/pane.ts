import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'split',
  label: 'Split',
  summary: 'The text in pieces of at most so many tokens.',
  place: 64,
  load: async () => (await import('./SplitPane')).SplitPane,
};
