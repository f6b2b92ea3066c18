import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'chat',
  label: 'Chat',
  summary: 'A conversation as chat templates write it, and what the template costs.',
  place: 82,
  load: async () => (await import('./ChatPane')).ChatPane,
};
