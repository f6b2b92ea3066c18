import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'dyspec',
  title: 'A tree of drafts that grows where it will be read',
  summary:
    'How sure the small draft model is of a token says how likely the large target model accepts it. So the tree of ' +
    'drafts grows where the product of these estimates is highest, anew for every call, instead of having one shape.',
  origin: {
    kind: 'paper',
    authors: 'Xiong et al.',
    year: 2025,
    venue: 'World Wide Web 28(3)',
    arxiv: '2410.11744',
  },
  topics: ['inside a model'],
  place: 71,
  claims: [
    {
      text: 'With trees of 64 tokens, a call of Llama 7B gives 5.25 tokens (C4, temperature 0); with Sequoia’s trees 4.99.',
      number: 5.25,
      unit: 'tokens',
      figure: 'dynamic',
      where: 'results for the 7B target',
    },
    {
      text: 'SpecInfer’s trees, which have one shape, give 3.32: DySpec has 1.58 times as many tokens per call.',
      number: 1.58,
      unit: 'times',
      figure: 'ratio',
      where: 'results for the 7B target; 5.25 / 3.32',
    },
  ],
  simplifications: [
    'Both models are n-grams learned from your text, or networks over bytes of 0.3 and 3 million parameters that come with the page; the paper drafts with Llama-68M for Llama 7B, 13B and 70B.',
    'Tokens per call of the target model are counted, not time: a batch is one call, whatever its size, and drafts are free. The paper’s trees need up to one call of the draft model for each token; how many, the figures say.',
    'The fixed tree has as many branches everywhere as you choose. Sequoia’s is fixed too, but its shape is fitted to a data set beforehand; it is not here.',
    'The paper’s faster way to build the tree, layer by layer above a threshold, is not here.',
    'Whether the paper’s tokens per call include the one that the target draws itself, our source does not say. Here they do.',
    'The printed pseudo-code adds a token before it is drawn; here it is drawn first, as the text says.',
  ],
  question:
    'A chain, a fixed tree and a tree that grows by estimate may each draft 64 tokens: how many of them does one call accept?',
};
