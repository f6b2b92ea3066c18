import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'vocabulary',
  label: 'Vocabulary',
  summary: 'A tokenizer’s whole list of tokens: search it, compare it, and find what no text produces.',
  place: 80,
  drawsTokens: true,
  load: async () => (await import('./Vocabulary')).Vocabulary,
};
