import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'superbpe',
  title: 'SuperBPE: Space Travel for Language Models',
  summary:
    'BPE never lets a token cross a space. SuperBPE learns words first and then, from a transition point t on, merges ' +
    'across spaces too: “ of the” becomes one token.',
  origin: {
    kind: 'paper',
    authors: 'Liu et al.',
    year: 2025,
    venue: 'COLM',
    arxiv: '2503.13423',
    code: { url: 'https://github.com/PythonNut/superbpe', licence: 'MIT' },
  },
  topics: ['text tokens'],
  place: 10,
  claims: [
    {
      text: 'With vocabularies of one size, SuperBPE writes a text with up to a third fewer tokens than BPE (here: both learned from this text, at the best t).',
      number: 33,
      unit: '%',
      figure: 'fewer-best',
      where: 'abstract; 200,000 tokens, t = 80k',
    },
    {
      text: 'The published vocabulary with t = 180k, which is loaded here, writes a gigabyte of held-out text with 164 instead of 224 million tokens.',
      number: 26.8,
      unit: '%',
      figure: 'fewer-published',
      where: 'repository, token_byte_counts.json',
    },
  ],
  simplifications: [
    'The vocabularies that are learned here see your text, not 10 GB of the OLMo 2 mix, and have at most 8,000 tokens instead of 200,000.',
    'A pair must occur twice to be merged; the paper’s trainer has no such limit, which a short text would need.',
    'Here the stages divide texts as the repository’s scripts do now; the published vocabularies are used with the pre-tokenizers that they were trained with, which differ in numbers and punctuation.',
    'No language model is trained: the paper’s gains on 30 tasks and in the cost of inference are not shown here. Nor is the loss of each token, which it finds more even: shown instead is how much token lengths differ.',
  ],
  question:
    'When should merges begin to cross spaces for the fewest tokens: at once, about midway, or only for the last tokens?',
};
