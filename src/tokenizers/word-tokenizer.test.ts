import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../core/text/utf8';
import { WordTokenizer } from './word-tokenizer';

const idsOf = (tokenizer: WordTokenizer, text: string) => [...tokenizer.encode(text).ids];

describe('words', () => {
  it('have ids that follow from the text, whatever was there before', () => {
    const first = new WordTokenizer();
    const second = new WordTokenizer();
    const one = idsOf(first, 'to be or not to be');
    const two = idsOf(first, 'be not');
    expect(idsOf(second, 'be not')).toEqual(two);
    expect(idsOf(second, 'to be or not to be')).toEqual(one);
    // "to" and " to" are two words; so are "be" and " be".
    expect(one[4]).not.toBe(one[0]);
    expect(one[5]).toBe(one[1]);
    expect(two[0]).not.toBe(one[1]);
    expect(two[1]).toBe(one[3]);
  });

  it('have the 32-bit FNV-1a hash of their bytes as ids', () => {
    // From the test vectors of the hash's authors.
    expect(idsOf(new WordTokenizer(), 'a')).toEqual([0xe40c292c]);
    expect(idsOf(new WordTokenizer(), 'foobar')).toEqual([0xbf9cf968]);
  });

  it('with one hash get two ids in a text', () => {
    const tokenizer = new WordTokenizer();
    const text = 'x kupoca sopagi kupoca';
    const [, first, second, again] = idsOf(tokenizer, text);
    expect(tokenizer.idsOf(' sopagi')).toEqual([first]);
    expect([second, again]).toEqual([first! + 1, first]);
    expect(decodeUtf8(tokenizer.decode(idsOf(tokenizer, text)))).toBe(text);
  });

  it('are as many as the text has, and each keeps its id', () => {
    const words = Array.from({ length: 5000 }, (_, i) => ` w${(i * 7919) % 1777}`);
    const ids = idsOf(new WordTokenizer(), words.join(''));
    const byWord = new Map(words.map((word, i) => [word, ids[i]]));
    expect(ids).toEqual(words.map((word) => byWord.get(word)));
    expect(new Set(byWord.values()).size).toBe(1777);
  });

  it('are looked up by text without having been in one, and then by id', () => {
    const tokenizer = new WordTokenizer();
    const [id] = tokenizer.idsOf(' new');
    expect(idsOf(new WordTokenizer(), 'a new')[1]).toBe(id);
    expect(decodeUtf8(tokenizer.token(id!)!.bytes)).toBe(' new');
    expect(tokenizer.idsOf('two words')).toEqual([]);
    expect(tokenizer.idsOf('')).toEqual([]);
    expect(tokenizer.token(7)).toBeUndefined();
    expect(() => tokenizer.decode([7])).toThrow('There is no token with id 7.');
  });
});
