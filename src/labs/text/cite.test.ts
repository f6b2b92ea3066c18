import { expect, it } from 'vitest';
import { findTextTokenizer, textTokenizers } from '../../catalog/tokenizers';
import { toBibtex } from '../../core/citation';
import { citeTokenizers } from './cite';

const cite = (...ids: string[]) => citeTokenizers(ids.map((id) => findTextTokenizer(id)!));

it('cites the paper of a tokenizer, or else where it is published', () => {
  expect(cite('bert-uncased')).toMatchObject([{ key: 'devlin2018bert', arxiv: '1810.04805' }]);
  expect(cite('o200k')).toMatchObject([
    { key: 'tokenizer-o200k', authors: ['OpenAI'], url: 'https://github.com/openai/tiktoken' },
  ]);
});

it('has nothing to cite for what is computed by a definition, unless a paper is about it', () => {
  expect(cite('words', 'characters')).toEqual([]);
  expect(cite('utf8-bytes')).toMatchObject([{ key: 'xue2022byt5' }]);
});

it('cites a file by its content', () => {
  const id = `file:${'ab'.repeat(32)}:o200k`;
  expect(citeTokenizers([{ id, name: 'my_vocabulary.json' }])).toEqual([
    {
      key: 'tokenizer-abababab',
      kind: 'misc',
      authors: [],
      title: 'my_vocabulary.json',
      note: `A tokenizer file, sha256 ${'ab'.repeat(32)}`,
    },
  ]);
});

it('gives every tokenizer of the catalogue entries of keys of their own', () => {
  const keys = citeTokenizers(textTokenizers).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(toBibtex(citeTokenizers(textTokenizers)).match(/^@/gm)).toHaveLength(keys.length);
});
