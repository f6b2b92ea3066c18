import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { get_encoding, type TiktokenEncoding } from 'tiktoken';
import { afterAll, describe, expect, it } from 'vitest';
import { textTokenizers } from '../../../../../catalog/tokenizers';
import type { Tokenizer } from '../../../../../core/text/tokens';
import { tiktokenEncodings } from '../../../../../tokenizers/files/tiktoken-encodings';
import { tokenizerFromFiles } from '../../../../../tokenizers/files/tokenizer-file';
import { loadTokenizer } from '../../../../../tokenizers/load';
import { readGenerated } from '../../../../../tokenizers/testing/generated-vocabulary';
import { nastyText } from '../../../../../tokenizers/testing/nasty-text';
import { askOracle, libraryWith, trainedJson } from '../../../../../tokenizers/testing/oracle';
import { type PythonLibrary, publishedIds, publishedLibrary } from './library';
import { pythonList, pythonString } from './literal';
import { pythonCode } from './python-code';

const MODEL = 'src/tokenizers/testing/fixtures/sentencepiece/bpe.model';
const folder = mkdtempSync(join(tmpdir(), 'tokenoscope-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Python with the packages, where one is set or found: the code itself is run only there. */
const PYTHON = process.env['TOKENOSCOPE_PYTHON'] ?? 'python3';
const has = (...modules: string[]) =>
  spawnSync(PYTHON, ['-c', `import sys${modules.map((name) => `, ${name}`).join('')}`]).status === 0;

const TEXTS = [
  '',
  'Hello, world!',
  'Two lines\r\n\tof "text" \\ with \u00a0 spaces \u2028 and <|endoftext|>, <s>, [CLS] as text',
  'naïve 🦄🦄 ไทย 東京 \u202eright\u202c to left \0 \x7f \u{e0001}',
  `${'long lines are broken where they have spaces '.repeat(12)}end`,
  ...Array.from({ length: 6 }, (_, i) => nastyText(i).toWellFormed()),
];

const code = (library: PythonLibrary, text: string, ids: ArrayLike<number>) =>
  pythonCode({ label: 'a tokenizer', library, text, ids, madeBy: 'Tokenoscope' });

/** Runs code in a folder of its own. */
const run = (source: string) => {
  writeFileSync(join(folder, 'code.py'), source);
  const { status, stdout, stderr } = spawnSync(PYTHON, ['code.py'], { cwd: folder, encoding: 'utf8' });
  return { status, ids: status === 0 ? (JSON.parse(stdout) as number[]) : stderr };
};

/** Runs all files that are named, one after the other, in one process; each prints its ids on a line. */
const RUN_ALL = 'import runpy, sys\nfor name in sys.argv[1:]: runpy.run_path(name)';

/** The code runs, its assertion holds, and it can fail: with another list of ids it does. */
const expectRuns = (library: PythonLibrary, tokenizer: Tokenizer, texts = TEXTS) => {
  const all = texts.map((text) => Array.from(tokenizer.encode(text).ids));
  const names = texts.map((text, i) => {
    writeFileSync(join(folder, `code${i}.py`), code(library, text, all[i]!));
    return `code${i}.py`;
  });
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', RUN_ALL, ...names], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(all);
  expect(run(code(library, 'Hello', [1, 2, 3, 4, 5, 6, 7, 8, 9])).ids).toContain('AssertionError');
};

const catalogTokenizer = (id: string) =>
  loadTokenizer(textTokenizers.find((entry) => entry.id === id)!.spec, readGenerated);

describe('Python that makes the same ids', () => {
  it('names tokenizers of the catalogue only', () => {
    const ids = textTokenizers.map(({ id }) => id);
    expect(publishedIds.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('names the encodings that tiktoken has the same ids for', async () => {
    for (const id of publishedIds) {
      const library = publishedLibrary(id);
      if (library.kind !== 'tiktoken') continue;
      const oracle = get_encoding(library.encoding as TiktokenEncoding);
      const tokenizer = await catalogTokenizer(id);
      for (const text of TEXTS) expect(tokenizer.encode(text).ids).toEqual(oracle.encode_ordinary(text));
      oracle.free();
    }
  });

  it('gives tokenizers the options under which the library has the same ids', async () => {
    const json = JSON.stringify(trainedJson('BPE'));
    const source = code({ kind: 'tokenizer.json', file: 'tokenizer.json' }, 'text', [1]);
    expect(source).toContain('add_special_tokens=False');
    const { oracle } = libraryWith(json);
    const { tokenizer } = await tokenizerFromFiles([{ name: 'tokenizer.json', bytes: Buffer.from(json) }]);
    for (const text of TEXTS) expect(tokenizer.encode(text).ids).toEqual((await askOracle(oracle, text)).ids);
  });

  it('writes texts that Python reads back, without what cannot be seen', () => {
    expect(pythonString('a "b"\n\tc\\')).toBe('(\n    "a \\"b\\"\\n"\n    "\\tc\\\\"\n)');
    expect(pythonString('\u202e\u{e0001}\u00a0 é🦄')).toBe('"\\u202e\\U000e0001\\xa0 é🦄"');
    expect(pythonList([])).toBe('[]');
    expect(pythonList([1, 2])).toBe('[1, 2]');
    for (const line of pythonList(Array.from({ length: 100 }, (_, i) => i * 1000)).split('\n')) {
      expect(line.length).toBeLessThan(100);
    }
  });

  it.skipIf(!has())('runs without packages (skipped where there is no Python)', async () => {
    for (const id of ['utf8-bytes', 'characters', 'words']) {
      expectRuns(publishedLibrary(id), await catalogTokenizer(id));
    }
    const ids = Array.from({ length: 9000 }, () => 97);
    const idsHash = '0'.repeat(64);
    writeFileSync(join(folder, 'text.txt'), 'a'.repeat(9000));
    const long = { label: 'bytes', library: publishedLibrary('utf8-bytes'), text: null, ids, madeBy: 'x' };
    expect(run(pythonCode(long)).status).toBe(0);
    expect(run(pythonCode({ ...long, idsHash })).ids).toContain('AssertionError');
  });

  it.skipIf(!has('tokenizers'))(
    'runs with tokenizers (skipped where Python has no such package)',
    async () => {
      const json = JSON.stringify(trainedJson('BPE'));
      writeFileSync(join(folder, 'tokenizer.json'), json);
      const { tokenizer } = await tokenizerFromFiles([{ name: 'tokenizer.json', bytes: Buffer.from(json) }]);
      expectRuns({ kind: 'tokenizer.json', file: 'tokenizer.json' }, tokenizer);
    },
  );

  it.skipIf(!has('sentencepiece'))(
    'runs with sentencepiece (skipped where Python has no such package)',
    async () => {
      const bytes = readFileSync(MODEL);
      writeFileSync(join(folder, 'a.model'), bytes);
      const { tokenizer } = await tokenizerFromFiles([{ name: 'a.model', bytes }]);
      expectRuns({ kind: 'sentencepiece', file: 'a.model' }, tokenizer);
    },
  );

  it.skipIf(!has('tiktoken'))(
    'runs with tiktoken files (skipped where Python has no such package)',
    async () => {
      const oracle = get_encoding('gpt2');
      const lines = Array.from(
        { length: 50_256 },
        (_, rank) => `${Buffer.from(oracle.decode_single_token_bytes(rank)).toString('base64')} ${rank}`,
      );
      oracle.free();
      writeFileSync(join(folder, 'gpt2.tiktoken'), `${lines.join('\n')}\n`);
      const { pattern } = tiktokenEncodings.find(({ id }) => id === 'gpt2')!;
      const library = { kind: 'tiktoken-file', file: 'gpt2.tiktoken', pattern } as const;
      expectRuns(library, await catalogTokenizer('gpt2'), TEXTS.slice(0, 4));
    },
  );
});
