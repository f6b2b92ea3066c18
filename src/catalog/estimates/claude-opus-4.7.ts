import type { TokenEstimate } from '../estimates';

export const estimate: TokenEstimate = {
  id: 'claude-opus-4.7',
  label: 'Claude Opus 4.7 and later',
  publisher: 'Anthropic',
  of: 'o200k',
  factor: 1.53,
  // The older tokenizer's 1.1 to 1.3, times 1.00 to 1.47.
  low: 1.1,
  high: 1.91,
  measuredOn:
    'English and code. Other scripts take about as many tokens as in older Claude models, so they are nearer to the lower end.',
  sources: [
    {
      says: 'ingest, a tool that counts with Anthropic’s API, corrects o200k by 1.53.',
      url: 'https://github.com/sammcj/ingest/pull/65',
      date: '2026-08-11',
    },
    {
      says: 'Opus 4.7 against 4.6 by Anthropic’s API: 1.00 for Chinese, Arabic and Hindi, 1.45 for English prose.',
      url: 'https://sol.ava.dev/writings/2026-04-17-opus-4-7-tokenizer.html',
      date: '2026-04-17',
    },
    {
      says: 'The same comparison on what programmers send: up to 1.47.',
      url: 'https://www.claudecodecamp.com/p/i-measured-claude-4-7-s-new-tokenizer-here-s-what-it-costs-you',
      date: '2026-04',
    },
  ],
  order: 10,
};
