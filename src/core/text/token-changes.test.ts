import { describe, expect, it } from 'vitest';
import { CHANGED, changeOf, findChanges, SPACE_ADDED } from './token-changes';
import { findGlyphs } from './token-glyphs';
import { encodeUtf8 } from './utf8';

type Token = readonly [name: string, start: number, end: number, own?: string];

/** What is found for each token of a vocabulary that spells spaces `▁`; `own` is a token's text where it is another. */
function changesOf(text: string, ...tokens: readonly Token[]) {
  const names = [...new Set(tokens.map(([name]) => name))];
  const sequence = {
    ids: Uint32Array.from(tokens, ([name]) => names.indexOf(name)),
    starts: Uint32Array.from(tokens, ([, start]) => start),
    ends: Uint32Array.from(tokens, ([, , end]) => end),
  };
  const bytes = encodeUtf8(text);
  const vocabulary = {
    unknownId: names.indexOf('[UNK]'),
    tokenBytes: (id: number) =>
      encodeUtf8(tokens.find(([name]) => name === names[id])?.[3] ?? names[id]!.replaceAll('▁', ' ')),
    token: (id: number) => ({ name: names[id]! }),
  };
  const work = findChanges(sequence, bytes, findGlyphs(sequence, bytes, vocabulary), vocabulary);
  let step = work.next();
  while (!step.done) step = work.next();
  const changes = step.value;
  return tokens.map((_, token) => changeOf(changes, token));
}

describe('findChanges', () => {
  it('finds nothing where tokens are the text', () => {
    expect(changesOf(' a b', ['▁a', 0, 2], ['▁b', 2, 4])).toEqual([0, 0]);
    expect(changesOf('', ['<s>', 0, 0])).toEqual([0]);
  });

  it('finds lower case, lost accents and compatibility characters', () => {
    expect(changesOf('Héllo ﬁn', ['hello', 0, 6], ['▁fin', 6, 11])).toEqual([CHANGED, CHANGED]);
    expect(changesOf('a\u0301b', ['á', 0, 3], ['b', 3, 4])).toEqual([CHANGED, 0]);
  });

  it('finds white space that became other white space', () => {
    expect(changesOf('a  b', ['a', 0, 1], ['▁b', 1, 4])).toEqual([0, CHANGED]);
    expect(changesOf('a\nb', ['a', 0, 1], ['▁b', 1, 3])).toEqual([0, CHANGED]);
  });

  it('finds the space that is put in front, and only there', () => {
    expect(changesOf('Hi you', ['▁Hi', 0, 2], ['▁you', 2, 6])).toEqual([SPACE_ADDED, 0]);
    expect(changesOf('Hi', ['▁hi', 0, 2])).toEqual([CHANGED + SPACE_ADDED]);
    expect(changesOf(' Hi', ['▁Hi', 0, 3])).toEqual([0]);
  });

  it('knows a space that belongs to no token, and one that only a decoder writes', () => {
    expect(changesOf('a the', ['a', 0, 1], ['▁the', 2, 5])).toEqual([0, 0]);
    expect(changesOf('a the', ['a', 0, 1], ['the', 2, 5, ' the'])).toEqual([0, 0]);
    expect(changesOf('the', ['the</w>', 0, 3, 'the '])).toEqual([0]);
  });

  it('leaves tokens that are drawn by their spelling to the glyphs', () => {
    expect(changesOf('🦄 x', ['[UNK]', 0, 4], ['▁x', 4, 6])).toEqual([0, 0]);
    expect(changesOf('1', ['▁', 0, 1], ['1', 0, 1])).toEqual([0, 0]);
  });

  it('takes time in proportion to the tokens', () => {
    const parts = Array.from({ length: 200_000 }, (_, i): Token => ['a', i, i + 1]);
    expect(changesOf('A'.repeat(200_000), ...parts).every((kind) => kind === CHANGED)).toBe(true);
  });
});
