import { describe, expect, it } from 'vitest';
import { hubOrigin, hubOriginOf, isTokenizerOrigin, originLabel } from './tokenizer-origin';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

describe('where a tokenizer was fetched from', () => {
  it('is a commit of a repository, a file in one, or an address', () => {
    for (const origin of [`hf:org/name@${COMMIT}`, `hf:org/name@${COMMIT}/tokenizer/tokenizer.json`]) {
      expect(isTokenizerOrigin(origin)).toBe(true);
      expect(hubOriginOf(hubOrigin(origin)!)).toBe(origin);
      expect(originLabel(origin)).toBe('org/name');
    }
    expect(isTokenizerOrigin('https://example.org/a/tokenizer.json?x=1')).toBe(true);
    expect(isTokenizerOrigin('http://localhost:8080/tokenizer.json')).toBe(true);
    expect(originLabel('https://example.org/a/tokenizer.json')).toBe('example.org/a/tokenizer.json');
  });

  it.each([
    '',
    'hf:org/name',
    'hf:org/name@main',
    `hf:org/../x@${COMMIT}`,
    `hf:org/name@${COMMIT}/`,
    `hf:org/name@${COMMIT}/../x`,
    `hf:org/name@${COMMIT}/a?b`,
    'http://example.org/tokenizer.json',
    'https://user:secret@example.org/x',
    'https://example.org/x#y',
    'javascript:alert(1)',
    'data:application/json,{}',
    'https://example.org/ x',
    `https://example.org/${'x'.repeat(500)}`,
  ])('is not %s', (text) => expect(isTokenizerOrigin(text)).toBe(false));
});
