import type { SampleText } from '../sample-text';

export const sample: SampleText = {
  id: 'english',
  label: 'English',
  hint: 'Common words are one token; rare and invented ones fall apart.',
  order: 10,
  text: `A language model never sees a word. It sees tokens: pieces that a training corpus happened to repeat. “The” is one piece, and so is “ tokenizer” for some; “untokenizable”, “antidisestablishmentarianism” and “Tokenoscope” break wherever the merges run out. Move a space, change Strawberry to STRAWBERRY or strawbery, and the pieces change too.

That is why a model can write a sonnet yet miscount the letters in “raspberry”, why well-hyphenated compounds cost more than they look, and why it's, its and it’s are three different stories. Count before you pay: roughly four characters to a token in plain English, far fewer in almost everything else.
`,
};
