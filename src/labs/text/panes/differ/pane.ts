import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'differ',
  label: 'Parity',
  summary: 'Whether two tokenizers are the same, and if not, where they differ and why.',
  place: 86,
  load: async () => (await import('./DifferPane')).DifferPane,
};
