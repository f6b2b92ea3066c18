import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'vocabulary',
  label: 'Vocabulary',
  summary: 'The same text with a smaller vocabulary: from single bytes to all merges.',
  place: 30,
  load: async () => (await import('./VocabularyPane')).VocabularyPane,
};
