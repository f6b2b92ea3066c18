import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'compare',
  label: 'Compare',
  summary: 'Where any two tokenizers divide the text differently.',
  place: 20,
  drawsTokens: true,
  load: async () => (await import('./ComparePane')).ComparePane,
};
