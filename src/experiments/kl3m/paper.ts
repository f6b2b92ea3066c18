import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'kl3m',
  title: 'Tokenizers for law and finance, and for bad scans',
  summary:
    'Vocabularies learned from statutes, filings and contracts, and small ones whose tokens have at most three ' +
    'characters, so that a letter that a scan got wrong changes little.',
  origin: {
    kind: 'paper',
    authors: 'Bommarito et al.',
    year: 2025,
    venue: 'arXiv',
    arxiv: '2503.17247',
    code: {
      url: 'https://github.com/alea-institute/kl3m-tokenizers',
      licence: 'MIT; tokenizers CC-BY-4.0',
    },
  },
  topics: ['text tokens'],
  place: 40,
  claims: [
    {
      text: 'The vocabulary of 128k tokens needs 9 to 17 % fewer tokens for documents of the field than GPT-4o’s and Llama 3’s.',
      number: 17,
      unit: '%',
      figure: 'saving',
      where: 'abstract',
    },
    {
      text: 'On single legal terms it needs up to 83 % fewer.',
      number: 83,
      unit: '%',
      figure: 'legal-term',
      where: 'abstract',
    },
    {
      text: 'On single financial terms it needs up to 39 % fewer.',
      number: 39,
      unit: '%',
      figure: 'financial-term',
      where: 'abstract',
    },
  ],
  simplifications: [
    'The paper’s numbers are of its vocabulary of 131,072 tokens, which is not here: the page has its first one, of 32,768, and the character tokenizer of 8,192.',
    'Terms are looked up in a list of about 200 of our own, and counted on their own, without a space before them.',
    'The abstract gives no number for scans and no model of their errors: what is damaged, and into what, is our list of common confusions.',
    'Only the first 20,000 characters of a text are damaged.',
  ],
  question:
    'Five letters of a hundred are misread. How many token boundaries of the text still agree with those of a clean one: with words as tokens, and with three characters at most?',
};
