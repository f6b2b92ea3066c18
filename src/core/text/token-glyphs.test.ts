import { describe, expect, it } from 'vitest';
import { findGlyphs, findLoss, glyphOf, glyphWidth, type TokenGlyphs } from './token-glyphs';
import { encodeUtf8 } from './utf8';

type Token = readonly [name: string, start: number, end: number];

/** Tokens of a vocabulary that spells spaces `▁`; `[UNK]` is its unknown token. */
function glyphsOf(text: string, ...tokens: readonly Token[]) {
  const names = [...new Set(tokens.map(([name]) => name))];
  const sequence = {
    ids: Uint32Array.from(tokens, ([name]) => names.indexOf(name)),
    starts: Uint32Array.from(tokens, ([, start]) => start),
    ends: Uint32Array.from(tokens, ([, , end]) => end),
  };
  const bytes = encodeUtf8(text);
  const vocabulary = {
    unknownId: names.indexOf('[UNK]'),
    tokenBytes: (id: number) => encodeUtf8(names[id]!.replaceAll('▁', ' ')),
    token: (id: number) => ({ name: names[id]! }),
  };
  const glyphs = findGlyphs(sequence, bytes, vocabulary);
  return { glyphs, loss: findLoss(sequence, bytes, glyphs, vocabulary) };
}

/** What is drawn in place of each token: its spelling, its spelling before the lost text (+), or its text (null). */
function drawn({ glyphs }: { readonly glyphs: TokenGlyphs }, count: number) {
  return Array.from({ length: count }, (_, token) => {
    const at = glyphOf(glyphs, token);
    if (at < 0) return null;
    return glyphs.spellings[glyphs.spelling[at]!]! + (glyphs.lost[at] ? '+' : '');
  });
}

describe('findGlyphs', () => {
  it('draws the space before a text as itself, not as the character after it', () => {
    const found = glyphsOf('12', ['▁', 0, 1], ['1', 0, 1], ['2', 1, 2]);
    expect(drawn(found, 3)).toEqual(['▁', null, null]);
    expect(found.loss).toBeNull();
    // A space that the text has is drawn once.
    expect(drawn(glyphsOf(' a', ['▁', 0, 1], ['▁a', 0, 2]), 2)).toEqual(['▁', null]);
  });

  it('leaves tokens alone that cover a text of their own, whatever they make of it', () => {
    expect(drawn(glyphsOf('Ünï', ['▁uni', 0, 5]), 1)).toEqual([null]);
    expect(drawn(glyphsOf('a b', ['a', 0, 1], ['b', 2, 3]), 2)).toEqual([null, null]);
  });

  it('spells tokens that cover nothing', () => {
    const found = glyphsOf('ab', ['<s>', 0, 0], ['ab', 0, 2], ['</s>', 2, 2]);
    expect(drawn(found, 3)).toEqual(['<s>', null, '</s>']);
  });

  it('spells the parts of a letter that was taken apart', () => {
    expect(drawn(glyphsOf('한', ['ᄒ', 0, 3], ['##ᅡ', 0, 3], ['##ᆫ', 0, 3]), 3)).toEqual(['ᄒ', '##ᅡ', '##ᆫ']);
  });

  it('marks what an unknown token has lost, and counts it', () => {
    const found = glyphsOf('hi 🦄🦄 a', ['hi', 0, 2], ['[UNK]', 3, 11], ['a', 12, 13]);
    expect(drawn(found, 3)).toEqual([null, '[UNK]+', null]);
    expect(found.loss).toEqual({ unknown: '[UNK]', tokens: 1, bytes: 8 });
  });

  it('takes an unknown token at its word where the text has that very word', () => {
    const found = glyphsOf('[UNK] x', ['[UNK]', 0, 5], ['x', 6, 7]);
    expect(drawn(found, 2)).toEqual([null, null]);
    expect(found.loss).toBeNull();
  });

  it('counts text that no token covers as lost, white space apart', () => {
    expect(glyphsOf('a\u00a0\u3000b\n', ['a', 0, 1], ['b', 6, 7]).loss).toBeNull();
    expect(glyphsOf('a,b\u200d', ['a', 0, 1], ['b', 2, 3]).loss).toEqual({
      unknown: '',
      tokens: 0,
      bytes: 4,
    });
  });

  it('counts what a token lies around as lost, and not what it was made from', () => {
    expect(glyphsOf('a世b', ['ab', 0, 5]).loss?.bytes).toBe(3);
    expect(glyphsOf('x  y', ['x', 0, 1], ['▁y', 1, 4]).loss).toBeNull();
    expect(glyphsOf('e\u0301', ['é', 0, 3]).loss).toBeNull();
    expect(glyphsOf('Ünï', ['▁uni', 0, 5]).loss).toBeNull();
  });

  it('shortens spellings without end', () => {
    const { glyphs } = glyphsOf('a', ['x'.repeat(99), 0, 0], ['a', 0, 1]);
    expect(glyphs.spellings[0]).toHaveLength(24);
  });

  it('knows how wide a spelling is', () => {
    expect(glyphWidth('▁')).toBe(4);
    expect(glyphWidth('[UNK]')).toBe(11);
  });

  it('takes time in proportion to the tokens', () => {
    const parts = Array.from({ length: 300_000 }, (_, i): Token => ['ᄒ', 3 * (i >> 2), 3 * (i >> 2) + 3]);
    const { glyphs } = glyphsOf('한'.repeat(75_000), ...parts);
    expect(glyphs.tokens).toHaveLength(300_000);
  });
});
