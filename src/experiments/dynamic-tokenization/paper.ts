import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'dynamic-tokenization',
  title: 'Dynamic tokenization',
  summary:
    'A trained model keeps its tokenizer, but not for every text: what a batch repeats is merged further, until whole ' +
    'words are one token. A small network makes up the embeddings of the new tokens.',
  origin: {
    kind: 'paper',
    authors: 'Feher et al.',
    year: 2025,
    venue: 'ACL',
    arxiv: '2411.18553',
    code: { url: 'https://github.com/DariusFeher/dynamic-tokenization', licence: 'no licence' },
  },
  topics: ['text tokens'],
  place: 25,
  claims: [
    {
      text: 'Over 14 languages (XNLI) an encoder’s sequences get more than 20 % shorter, at less than 2 % loss.',
      number: 20,
      unit: '%',
      figure: 'languages-saved',
      where: 'abstract, first version on arXiv',
    },
    {
      text: 'For decoders, sequences get up to 17 % shorter. (The first version had said 40 % for a prompt, against whole words.)',
      number: 17,
      unit: '%',
      figure: 'saved',
      where: 'abstract, ACL version',
    },
  ],
  simplifications: [
    'Only lengths are measured. There is no model here, so neither the embeddings of new tokens (a hypernetwork makes them) nor the loss of accuracy.',
    'The batch is the whole text, a line an example; the paper merges in batches of a data set, and chooses the number of merges from a curve like the one here.',
    'The languages read the Declaration of Human Rights instead of XNLI: the 15 languages of XNLI, English not counted. Which 14 the paper means, its abstract does not say.',
    'The paper’s models are XLM-R and Mistral-7B; of the tokenizers here Llama 2’s is the most like the latter’s.',
    'Within “sentence” everything may be merged. The published program also forbids a space inside a token there, which makes it nearly the same as “word”.',
    'Where a base tokenizer has no expression of its own to divide texts, “pretokens” are those of GPT-2.',
  ],
  question: 'Which of your words become one token first, and how many merges does it take to save a fifth?',
};
