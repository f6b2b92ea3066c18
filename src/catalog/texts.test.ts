import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleTexts } from './texts';

const byId = (id: string) => sampleTexts.find((sample) => sample.id === id)!.text;

it('lists every file of the folder once, under the name of its file', () => {
  const files = readdirSync(new URL('./texts', import.meta.url)).map((name) => name.replace(/\.ts$/, ''));
  expect(sampleTexts.map((sample) => sample.id).sort()).toEqual(files.sort());
});

it('opens with a first look and keeps the order unambiguous', () => {
  expect(sampleTexts[0]?.id).toBe('first-look');
  expect(new Set(sampleTexts.map((sample) => sample.order)).size).toBe(sampleTexts.length);
});

describe.each(sampleTexts.map((sample) => [sample.id, sample] as const))('%s', (_id, sample) => {
  it('has a label, a hint and 300 to 900 characters of well-formed text', () => {
    expect(sample.label.trim()).not.toBe('');
    expect(sample.hint).toMatch(/\.$/);
    const characters = [...sample.text].length;
    expect(characters).toBeGreaterThanOrEqual(300);
    expect(characters).toBeLessThanOrEqual(900);
    expect(sample.text.isWellFormed()).toBe(true);
  });
});

// An editor or formatter that "cleans up" a text would silently take away what it is there to show.
it.each([
  ['emoji', /\u200d/u, 'zero-width joiners'],
  ['emoji', /[\u{1f3fb}-\u{1f3ff}]/u, 'skin tones'],
  ['emoji', /\u{e0067}/u, 'flag tags'],
  ['emoji', /\ufe0e.*\ufe0f/su, 'both presentation selectors'],
  ['mixed-scripts', /cafe\u0301/u, 'a decomposed accent'],
  ['mixed-scripts', /\u05b8/u, 'Hebrew points'],
  ['mixed-scripts', /\u064e/u, 'Arabic vowels'],
  ['whitespace', /[ ]{64}/u, 'a run of spaces'],
  ['whitespace', /[ ]+\n/u, 'trailing spaces'],
  ['whitespace', /\r\n/u, 'a carriage return'],
  ['whitespace', /\u3000.*\u200b.*\ufeff/su, 'odd spaces'],
  ['code', /\n\t/u, 'a tab'],
  ['code', /\n {12}/u, 'indentation'],
  ['turkish', /İ.*ı/su, 'dotted and dotless i'],
])('%s keeps %s', (id, pattern) => {
  expect(byId(id)).toMatch(pattern);
});
