import { describe, expect, it } from 'vitest';
import { readTextPart } from './link-format';

const known = ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'];
const id = (digit: string) => `file:${digit.repeat(64)}`;

/** What the text part of a forged link of version 1 opens to. */
function open(head: Readonly<Record<string, unknown>>) {
  const problems: string[] = [];
  const text = readTextPart({ version: 1, head, blob: new Uint8Array(0) }, problems, known);
  return { text, problems };
}

it('falls back to defaults where a link says nothing', () => {
  expect(open({})).toEqual({
    text: { tokenizers: known, text: { kind: 'inline', value: '' }, showIds: false, showWhitespace: false },
    problems: [],
  });
});

it('keeps lone surrogates and NULs of a text', () => {
  const value = 'a\ud800b\udfffc\u0000d\ufeff';
  expect(open({ x: value }).text.text).toEqual({ kind: 'inline', value });
});

it('names unknown tokenizers', () => {
  const { text, problems } = open({ z: ['gpt2', 'gpt9', 'gpt2'] });
  expect(text.tokenizers).toEqual(['gpt2']);
  expect(problems).toEqual(['This link uses the tokenizer "gpt9", which is not here.']);
  expect(open({ z: ['gpt9'] }).text.tokenizers).toEqual(known);
  expect(open({ z: [] }).text.tokenizers).toEqual([]);
});

it('replaces a bad field by its default and says so', () => {
  const { text, problems } = open({ d: 'yes', x: 7, z: 'gpt2', o: -1 });
  expect(problems).toHaveLength(4);
  expect(text).toEqual(open({}).text);
});

describe('tokenizer files', () => {
  const z = [id('a'), id('7')];
  const unnamed = { [id('a')]: 'unnamed tokenizer', [id('7')]: 'unnamed tokenizer' };

  it('open without names, with too few or with odd ones', () => {
    expect(open({ z })).toMatchObject({ text: { fileNames: unnamed }, problems: [] });
    expect(open({ z, f: ['one'] }).text.fileNames).toEqual({ ...unnamed, [id('a')]: 'one' });
    expect(open({ z, f: ['', ' \u202e\n '] }).text.fileNames).toEqual(unnamed);
    for (const f of ['x', [1, 2], { a: 1 }, Array(33).fill('x')]) {
      const { text, problems } = open({ z, f });
      expect(text).toMatchObject({ tokenizers: z, fileNames: unnamed });
      expect(problems).toEqual([expect.stringContaining('what its tokenizer files are called')]);
    }
  });

  it('have no name that turns text around, hides in it or fills the page', () => {
    const name = (given: string) => open({ z: [id('a')], f: [given] }).text.fileNames?.[id('a')];
    expect(name('safe\u202egpj.exe')).toBe('safe gpj.exe');
    expect(name('a\u0000\u200b\r\nb')).toBe('a b');
    expect(name('می\u200cخواهم')).toBe('می\u200cخواهم');
    expect(name('\ud800x')).toBe('\ufffdx');
    expect([...(name('👩'.repeat(5000)) ?? '')]).toHaveLength(80);
  });

  it.each([
    ['upper case', `file:${'A'.repeat(64)}`],
    ['too short', `file:${'a'.repeat(63)}`],
    ['too long', `file:${'a'.repeat(65)}`],
    ['no hash', 'file:'],
    ['a path', 'file:../../etc/passwd'],
    ['with a line', `file:${'a'.repeat(64)}\n`],
  ])('are left out where the hash is none: %s', (_, bad) => {
    const { text, problems } = open({ z: ['gpt2', bad], f: ['x'] });
    expect(text.tokenizers).toEqual(['gpt2']);
    expect(text.fileNames).toBeUndefined();
    expect(problems).toEqual([expect.stringContaining('which is not here')]);
  });

  it('are no more than a link may name', () => {
    const many = Array.from({ length: 33 }, (_, i) => `file:${i.toString(16).padStart(64, '0')}`);
    expect(open({ z: many }).problems).toEqual([expect.stringContaining('which tokenizers to compare')]);
    expect(open({ z: many.slice(1) }).text.tokenizers).toHaveLength(32);
  });
});
