import { describe, expect, it } from 'vitest';
import { TextDrops } from './drops';
import { permalinkIn } from './permalink';
import { testLab, until } from './testing/lab';

const PAGE = 'https://example.org/tokenoscope/#text';

describe('permalinkIn', () => {
  it.each([
    ['https://example.org/tokenoscope/#2.AbC-_9', '#2.AbC-_9'],
    [' https://example.org/tokenoscope/#1.x\n', '#1.x'],
    ['https://example.org/tokenoscope/', undefined],
    ['https://example.org/tokenoscope/#text', undefined],
    ['https://example.org/other/#2.x', undefined],
    ['https://elsewhere.org/tokenoscope/#2.x', undefined],
    ['see https://example.org/tokenoscope/#2.x', undefined],
    ['https://example.org/tokenoscope/#2.x and more', undefined],
    ['#2.x', undefined],
    ['', undefined],
  ])('%j', (text, hash) => {
    expect(permalinkIn(text, PAGE)).toBe(hash);
  });
});

describe('TextDrops', () => {
  const drop = (text: string, ...files: File[]) => {
    const lab = testLab();
    const drops = new TextDrops(lab, () => PAGE);
    drops.take({ files, getData: (type) => (type === 'text/plain' ? text : '') });
    return lab;
  };

  it('opens a permalink of this page, and shows any other text', () => {
    const lab = drop('https://example.org/tokenoscope/#2.x');
    expect(lab.opened).toEqual(['#2.x']);
    expect(lab.state.get().document.origin.kind).toBe('sample');
    expect(drop('https://elsewhere.org/#2.x').state.get().document.text).toBe('https://elsewhere.org/#2.x');
    expect(drop('a\r\nb\rc').state.get().document.text).toBe('a\nb\nc');
    expect(drop('').state.get().document.origin.kind).toBe('sample');
  });

  it('takes files before their names', async () => {
    const lab = drop('notes.txt', new File(['the notes'], 'notes.txt'));
    await until(lab.state.store, ({ document }) => document.origin.kind === 'file');
    expect(lab.state.get().document.text).toBe('the notes');
    lab.dispose();
  });
});
