import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'spectr',
  title: 'Several drafts at once',
  summary:
    'A small draft model writes ahead what a large target model would write, and the target checks many tokens in one ' +
    'call. With several drafts more is accepted; what is written stays exactly as likely as if the target model had ' +
    'written it alone.',
  origin: { kind: 'paper', authors: 'Sun et al.', year: 2023, venue: 'NeurIPS', arxiv: '2310.15141' },
  topics: ['inside a model'],
  place: 70,
  claims: [
    {
      text: 'With PaLM-2 models, SpecTr is 2.13 times as fast as writing token by token (here: tokens per call, which is 1 without drafts).',
      number: 2.13,
      unit: 'times',
      figure: 'per-call',
      where: 'abstract',
    },
    {
      text: 'It is 1.37 times as fast as speculative decoding, which has one draft.',
      number: 1.37,
      unit: 'times',
      figure: 'ratio',
      where: 'abstract',
    },
    {
      text: 'K-SEQ, the method’s rule that tries the drafts one after the other, accepts at least 1 − 1/e, 63 %, of what the best possible choice among them would.',
      number: 63,
      unit: '%',
      figure: 'share-of-optimum',
      where: 'abstract',
    },
  ],
  simplifications: [
    'Both models are n-grams learned from your text, which are closer to each other than a small and a large network may be, or networks over bytes of 0.3 and 3 million parameters that come with the page; the paper has PaLM-2 Gecko and Bison, which read tokens.',
    'The paper measures time. Here tokens per call of the target model are counted, one batch being one call: the speed-up if drafts were free and a batch cost no more than one token.',
    'The paper’s setting, 8 drafts of 8 tokens on LM1B, is taken from reports of it, and K-SEQ was written from its formulas: there is no published code to compare with.',
    'The optimum is computed by a formula of our own instead of the paper’s linear program, which has a variable for each of |V|^k draws; a small version of the program can be solved to confirm it.',
  ],
  question: 'If one draft gives 3 tokens per call of the target model, how many do eight drafts give?',
};
