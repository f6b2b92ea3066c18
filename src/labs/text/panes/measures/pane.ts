import type { TextPane } from '../../pane';

export const pane: TextPane = {
  id: 'measures',
  label: 'Measures',
  summary: 'Every measure of every tokenizer, of the text, its lines or its scripts.',
  place: 40,
  load: async () => (await import('./MeasuresPane')).MeasuresPane,
};
