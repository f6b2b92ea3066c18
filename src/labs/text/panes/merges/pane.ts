import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'growth',
  label: 'Growth',
  summary: 'How the tokens grow with the vocabulary: from single bytes to all merges.',
  place: 30,
  load: async () => (await import('./VocabularyPane')).VocabularyPane,
};
