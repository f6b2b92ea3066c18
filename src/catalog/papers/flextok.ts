import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  families: ['flextok'],
  citation: {
    key: 'flextok',
    kind: 'misc',
    authors: [
      'Bachmann, Roman',
      'Allardice, Jesse',
      'Mizrahi, David',
      'Fini, Enrico',
      'Kar, Oğuzhan Fatih',
      'Amirloo, Elmira',
      'El-Nouby, Alaaeldin',
      'Zamir, Amir',
      'Dehghan, Afshin',
    ],
    title: 'FlexTok: Resampling Images into 1D Token Sequences of Flexible Length',
    year: 2025,
    arxiv: '2502.13967',
  },
};
