import { describe, expect, it } from 'vitest';
import { linkIn } from './links';

const PAGE = 'https://example.org/tokenoscope/#text';

describe('links of a page', () => {
  it.each([
    ['https://example.org/tokenoscope/#2.AbC-_9xyz', '#2.AbC-_9xyz'],
    [' https://example.org/tokenoscope/#1.AbC-_9xyz\n', '#1.AbC-_9xyz'],
    ['https://example.org/tokenoscope/', undefined],
    ['https://example.org/tokenoscope/#text', undefined],
    ['https://example.org/other/#2.AbC-_9xyz', undefined],
    ['https://elsewhere.org/tokenoscope/#2.AbC-_9xyz', undefined],
    ['see https://example.org/tokenoscope/#2.AbC-_9xyz', undefined],
    ['https://example.org/tokenoscope/#2.AbC-_9xyz and more', undefined],
    ['#2.AbC-_9xyz', undefined],
    ['https://example.org/tokenoscope/#2.x', undefined],
    ['', undefined],
  ])('%j', (text, hash) => {
    expect(linkIn(text, PAGE)).toBe(hash);
  });
});
