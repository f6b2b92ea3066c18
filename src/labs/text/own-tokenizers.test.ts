import { expect, it } from 'vitest';
import { remove } from './own-changes';
import { OwnTokenizers } from './own-tokenizers';

it('remembers what a deleted tokenizer was called, for its column and for links', async () => {
  const own = new OwnTokenizers();
  const { id } = own.add(
    {
      sha256: 'ab'.repeat(32),
      name: 'mine.json',
      kind: 'tokenizer.json',
      vocabularySize: 4,
      size: 254,
      notes: [],
      added: 0,
    },
    [],
  );
  await remove(own, id, -1);
  expect(own.find(id)).toBeUndefined();
  expect(own.namesOf([id])).toEqual({ [id]: 'mine.json' });
});
