import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { estimateTokens, tokenEstimates } from './estimates';
import { findTextTokenizer } from './tokenizers';

it('lists every file of the folder once, with a band, its sources and a tokenizer that is here', () => {
  const files = readdirSync(new URL('./estimates', import.meta.url)).map((name) => name.replace(/\.ts$/, ''));
  expect(tokenEstimates.map(({ id }) => id).sort()).toEqual(files.sort());
  expect(new Set(tokenEstimates.map(({ order }) => order)).size).toBe(tokenEstimates.length);
  for (const { id, of, factor, low, high, measuredOn, sources, label, publisher } of tokenEstimates) {
    expect(findTextTokenizer(of), id).toBeDefined();
    expect(low, id).toBeGreaterThan(0);
    expect(low, id).toBeLessThanOrEqual(factor);
    expect(high, id).toBeGreaterThanOrEqual(factor);
    for (const text of [label, publisher, measuredOn]) expect(text).not.toBe('');
    for (const { says, url, date } of sources) {
      expect(says).toMatch(/\.$/);
      expect(new URL(url).protocol).toBe('https:');
      expect(date).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
    }
  }
});

it('rounds to three digits, and the band outwards', () => {
  const claude = tokenEstimates.find(({ id }) => id === 'claude-opus-4.7')!;
  // sammcj/ingest #65 makes 656 of 429.
  expect(estimateTokens(claude, 429)).toEqual({ about: 656, low: 471, high: 820 });
  expect(estimateTokens(claude, 12_345)).toEqual({ about: 18_900, low: 13_500, high: 23_600 });
  expect(estimateTokens(claude, 0)).toEqual({ about: 0, low: 0, high: 0 });
  expect(estimateTokens(claude, 1)).toEqual({ about: 2, low: 1, high: 2 });
});

it('leaves a count as it is where the publisher counts like that', () => {
  const gemini = tokenEstimates.find(({ id }) => id === 'gemini-2')!;
  expect(estimateTokens(gemini, 123_457)).toEqual({ about: 123_457, low: 123_457, high: 123_457 });
});
