import { expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../core/text/utf8';
import { recogniseTokenizer } from './files/recognise-tokenizer';
import { tokenizerFromFiles } from './files/tokenizer-file';
import { lexiconJson } from './train/lexicon-file';

const file = (json: unknown) => [{ name: 'lexicon.json', bytes: encodeUtf8(JSON.stringify(json)) }];

it('segments by the lexicon, and gives every byte of the text to a token', async () => {
  const json = lexiconJson(['th', 'the', 'e', 'cat', 'ca', 'thecat']);
  expect(recogniseTokenizer(encodeUtf8(JSON.stringify(json)))).toBe('lexicon.json');
  const { tokenizer } = await tokenizerFromFiles(file(json));
  const text = 'thecat\n🐈 the';
  const { ids, starts, ends } = tokenizer.encode(text);
  expect(decodeUtf8(tokenizer.decode(ids))).toBe(text);
  // By hand: the longest chunk against the second longest, one token against two.
  expect(Array.from(ids, (id) => tokenizer.token(id)!.name)).toEqual(['thecat', '\\n', '🐈', ' ', 'the']);
  expect([...starts]).toEqual([0, 6, 7, 11, 12]);
  expect(ends.at(-1)).toBe(encodeUtf8(text).length);
  expect(tokenizer.idsOf('the')).toEqual([1]);
  expect(tokenizer.idsOf('x')).toEqual([6 + 'x'.codePointAt(0)!]);
  expect(tokenizer.token(6 + 'e'.codePointAt(0)!)).toBeUndefined();
});

it.each([
  [{ format: 'tokenoscope-lexicon', version: 2, model: 'Less-is-Better', chunks: ['a'] }, 'version'],
  [{ format: 'tokenoscope-lexicon', version: 1, model: 'Less-is-Better', chunks: [] }, 'chunks'],
  [{ format: 'tokenoscope-lexicon', version: 1, model: 'Less-is-Better', chunks: ['a', 'a'] }, 'twice'],
])('refuses %j', async (json, place) => {
  const read = tokenizerFromFiles(file(json));
  await expect(read).rejects.toMatchObject({
    code: 'tokenizer-corrupt',
    message: expect.stringContaining(place),
  });
});
