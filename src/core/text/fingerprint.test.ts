import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstUnexpected, isFingerprint, packIds, readFingerprint, unpackIds } from './fingerprint';

const good = {
  tokenoscope: 'fingerprint',
  version: 1,
  tokenizer: 'gpt2',
  name: 'GPT-2',
  vocabulary: null,
  special: 'text',
  addSpecialTokens: false,
  text: 'Hello',
  ids: [15496],
} as const;

describe('a fingerprint', () => {
  it('is read as it was written', () => {
    expect(readFingerprint(JSON.stringify(good), 'x')).toEqual(good);
    expect(isFingerprint(`\n ${JSON.stringify(good)}`)).toBe(true);
    expect(isFingerprint('{"version":"1.0","added_tokens":[]}')).toBe(false);
  });

  it.each([
    ['{', 'is no JSON'],
    ['[]', 'is no fingerprint'],
    ['{"tokenoscope":"experiment"}', 'is no fingerprint'],
    [JSON.stringify({ ...good, version: 2 }), 'of a version that this program does not know'],
    [JSON.stringify({ ...good, ids: [-1] }), 'has no proper "ids.0"'],
    [JSON.stringify({ ...good, vocabulary: 'abc' }), 'has no proper "vocabulary"'],
    [JSON.stringify({ ...good, special: 'maybe' }), 'has no proper "special"'],
  ])('refuses %s', (text, words) => {
    expect(() => readFingerprint(text, 'x.json')).toThrow(words);
  });

  it('packs ids for links', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 0xffffffff })), (ids) => {
        expect(unpackIds(packIds(ids))).toEqual(ids);
      }),
    );
    expect(unpackIds('1..2')).toBeUndefined();
    expect(unpackIds('x y')).toBeUndefined();
  });

  it('finds the first difference, a missing or additional id among them', () => {
    expect(firstUnexpected([1, 2], [1, 2])).toBe(-1);
    expect(firstUnexpected([1, 2], [1, 3])).toBe(1);
    expect(firstUnexpected([1, 2], [1])).toBe(1);
    expect(firstUnexpected([1], [1, 2])).toBe(1);
    expect(firstUnexpected([], [])).toBe(-1);
  });
});
