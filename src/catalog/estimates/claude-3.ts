import type { TokenEstimate } from '../estimates';

export const estimate: TokenEstimate = {
  id: 'claude-3',
  label: 'Claude 3 to Opus 4.6',
  publisher: 'Anthropic',
  of: 'o200k',
  factor: 1.18,
  low: 1.1,
  high: 1.3,
  measuredOn: 'English and code. No figures are known for other scripts: they may lie outside the band.',
  sources: [
    {
      says: 'ingest, a tool that counts with Anthropic’s API, corrects o200k by 1.18.',
      url: 'https://github.com/sammcj/ingest/pull/65',
      date: '2026-08-11',
    },
    {
      says: 'cxpak names 10 to 30 % between o200k and Claude, on code.',
      url: 'https://github.com/Barnett-Studios/cxpak/issues/35',
      date: '2026-07-20',
    },
  ],
  order: 20,
};
