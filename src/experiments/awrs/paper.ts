import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'awrs',
  title: 'Keeping a rule without checking every token',
  summary:
    'To keep a model to a rule, one usually checks every token of the vocabulary at every step. Drawing tokens until one ' +
    'is allowed takes a few checks, and what was rejected tells how far the rule bends the model. With that as a weight, ' +
    'strings drawn side by side make up for the mistakes of choosing token by token.',
  origin: {
    kind: 'paper',
    authors: 'Lipkin et al.',
    year: 2025,
    venue: 'COLM',
    arxiv: '2504.05410',
    code: { url: 'https://github.com/genlm/genlm-control', licence: 'Apache-2.0' },
  },
  topics: ['inside a model'],
  place: 40,
  claims: [
    {
      text: 'The weight of a token needs only one more check than the token itself.',
      number: 1,
      unit: 'checks per token',
      figure: 'extra-checks',
      where: 'official library, recursive form',
    },
    {
      text: 'The weight is an unbiased estimate of the probability that the rule leaves: on average it is right.',
      number: 1,
      unit: 'times',
      figure: 'weight-ratio',
      where: 'method',
    },
    {
      text: 'With these weights, sequential Monte Carlo corrects the bias of drawing token by token: with enough particles, nothing of it is left.',
      number: 0,
      unit: '%',
      figure: 'distance-most',
      where: 'method, in the limit of many particles',
    },
  ],
  simplifications: [
    'The paper steers large language models; here an n-gram model learns the sentences of this text in the page, with a token that ends a sentence, or a network of 0.3 million parameters over bytes writes a paragraph.',
    'Drawing without replacement is done by removing what was rejected; the programs perturb all logarithms of probabilities by Gumbel noise and go down the list, which has the same law.',
    'A token that is drawn twice in a step is checked once.',
    'Rules are checked on prefixes: a prefix is allowed if it can still become valid within the longest string that is allowed. Patterns are regular expressions without anchors, look-around and backreferences.',
    'Particles are resampled systematically below half of their number; how the paper resamples was not checked.',
    'Exact probabilities are computed where few enough strings are valid for all to be listed.',
  ],
  question:
    'After “Alice was”, the model likes to go on with “a”. The rule allows “a” only before “zebra”, which is not in the ' +
    'book. How often will “Alice was a zebra.” be written, if each letter is drawn from those that are allowed?',
};
