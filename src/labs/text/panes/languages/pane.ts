import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'languages',
  label: 'Languages',
  summary: 'What the same text costs in other languages.',
  place: 50,
  load: async () => (await import('./LanguagesPane')).LanguagesPane,
};
