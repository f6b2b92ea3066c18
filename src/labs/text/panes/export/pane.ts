import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'export',
  label: 'Export',
  summary: 'The tokens of every column as a file, a table, a picture, or Python that makes the same ids.',
  place: 90,
  drawsTokens: true,
  load: async () => (await import('./Export')).Export,
};
