import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'model',
  label: 'Model',
  summary: 'What a small language model expects: bits per byte of the text, token by token.',
  place: 70,
  load: async () => (await import('./ModelPane')).ModelPane,
};
