import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'compoundpiece',
  title: 'Compounds and the tokens that cut across them',
  summary:
    'Where two parts of a compound meet inside one token, models find it hard to see them. A splitter that learns from ' +
    'words written with hyphens divides words first, so that tokens end where parts do.',
  origin: {
    kind: 'paper',
    authors: 'Minixhofer et al.',
    year: 2023,
    venue: 'EMNLP',
    arxiv: '2305.14214',
    code: { url: 'https://github.com/bminixhofer/compoundpiece', licence: 'no licence' },
  },
  topics: ['text tokens'],
  place: 50,
  claims: [
    {
      text: 'A splitter that learns from hyphens alone (stage 1) divides compounds 13.9 % more accurately than the best method without lessons.',
      number: 13.9,
      unit: 'points',
      figure: 'gain',
      where: 'abstract',
    },
  ],
  simplifications: [
    'The splitter is a logistic regression over the letters beside each place, not ByT5: it learns in a second what fits in a page.',
    'Hyphens come from a few hundred kilobytes of news and books a language, and from your text, instead of mC4: 200 to 400 hyphenated words each, many of them names.',
    'Stage 2 learns from 400 compounds of Wikidata or Universal Dependencies; the paper’s Wiktionary has 255,000 in 56 languages. The other 400 are the test. As in the paper, parts are given as they stand alone, and found in the word by aligning letters.',
    'The method that it is compared with is the simplest: two words of the corpus with the highest counts. The paper’s best one is stronger, so the gain here is not the paper’s.',
    'The tokenizers are byte-level BPE with at most 4,000 merges from a few thousand words of one language; the paper trains SentencePiece on mC4, with 32,768 or 250,112 tokens.',
    'Whether models find hard compounds harder is not measured: there is no model here.',
  ],
  question:
    'Do more merges make more compounds hard, or fewer, and does it help to split words only while the merges are learned?',
};
