import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokenizer as Oracle } from 'tokenizers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain } from './testing/run-main';

let folder = '';
const text = readFileSync(join(import.meta.dirname, '../../LICENSE'), 'utf8');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'train-text-'));
  writeFileSync(join(folder, 'a.txt'), text.slice(0, 5000));
  writeFileSync(join(folder, 'b.txt'), text.slice(5000));
  writeFileSync(join(folder, 'empty.txt'), '');
});

afterAll(() => rmSync(folder, { recursive: true }));

const train = (...argv: string[]) => runMain(['train-text', '--out', join(folder, 'out.json'), ...argv]);
const corpus = () => [join(folder, 'a.txt'), join(folder, 'b.txt')];

describe('train-text', () => {
  it.each(['bpe', 'superbpe', 'unigram', 'wordpiece'])(
    '%s: a file that the official library opens',
    async (kind) => {
      const { code, out, err } = await train('--kind', kind, '--vocab', '400', ...corpus());
      expect([code, err]).toEqual([0, '']);
      const { vocabulary, bytes, tokens } = JSON.parse(out);
      expect(vocabulary).toBe(400);
      expect(bytes).toBe(text.length);
      const oracle = Oracle.fromString(readFileSync(join(folder, 'out.json'), 'utf8'));
      expect(oracle.getVocabSize(true)).toBe(400);
      const ids = (await oracle.encode(text, null, { addSpecialTokens: false })).getIds();
      // The trainer reads line by line; the library the whole text.
      expect(Math.abs(ids.length / tokens - 1)).toBeLessThan(0.1);
    },
  );

  it('lib: a lexicon with characters and longer chunks', async () => {
    const { code, err } = await train('--kind', 'lib', '--steps', '20', ...corpus());
    expect([code, err]).toEqual([0, '']);
    const { format, chunks } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
    expect(format).toBe('tokenoscope-lexicon');
    expect(chunks.some((chunk: string) => chunk.length > 3)).toBe(true);
  });

  it.each([
    [['--kind', 'bpe', 'a.txt'], 'Say how many tokens with --vocab.'],
    [['--kind', 'bpe', '--vocab', '10', 'a.txt'], 'vocabularySize'],
    [['--kind', 'bpe', '--vocab', '400', '--pattern', '(', 'a.txt'], '--pattern "(" is not understood'],
    [['--kind', 'bpe', '--vocab', '400'], 'Name at least one text file.'],
    [['--kind', 'gpt', '--vocab', '400', 'a.txt'], '--kind takes bpe, superbpe'],
  ])('refuses %j', async (argv, message) => {
    const { code, err } = await train(...argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('says which file cannot be read, and that nothing is there to learn from', async () => {
    const missing = await train('--kind', 'bpe', '--vocab', '400', join(folder, 'none.txt'));
    expect(missing.code).toBe(1);
    expect(missing.err).toContain('none.txt cannot be read');
    const empty = await train('--kind', 'bpe', '--vocab', '400', join(folder, 'empty.txt'));
    expect(empty.code).toBe(1);
    expect(empty.err).toContain('There is no text to learn from.');
  });
});
