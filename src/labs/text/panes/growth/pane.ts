import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'growth',
  label: 'Growth',
  summary: 'How the tokens grow with the vocabulary: from single bytes to all merges.',
  place: 30,
  drawsTokens: true,
  load: async () => (await import('./VocabularyPane')).VocabularyPane,
};
