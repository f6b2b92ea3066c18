import type { TokenEstimate } from '../estimates';

export const estimate: TokenEstimate = {
  id: 'gemini-2',
  label: 'Gemini 2.0 and 2.5',
  publisher: 'Google',
  of: 'gemma-3',
  factor: 1,
  low: 1,
  high: 1,
  measuredOn:
    'Text alone: what the service adds to it is not counted. Newer Gemini models use Gemma 4’s tokenizer, which is not here.',
  sources: [
    {
      says: 'Google’s own library (google-genai 3.6.1) counts text for these models with Gemma 3’s tokenizer, and calls that experimental.',
      url: 'https://github.com/googleapis/python-genai/blob/main/google/genai/_local_tokenizer_loader.py',
      date: '2026-11-18',
    },
  ],
  order: 30,
};
