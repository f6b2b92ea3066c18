import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { runMain } from './testing/run-main';

const run = (argv: string[], input: string | Uint8Array = '') => runMain(['split-text', ...argv], input);

const TEXT = 'The quick brown 🦊 jumps over 12345678 lazy dogs.\nŻółć, ภาษาไทย, 東京! '.repeat(20);

describe('split-text', () => {
  it('prints pieces that tiktoken finds no longer than asked', async () => {
    const { code, out, err } = await run(
      ['--tokenizer', 'o200k', '--tokens', '50', '--overlap', '8', '-'],
      TEXT,
    );
    expect([code, err]).toEqual([0, '']);
    const pieces = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const oracle = get_encoding('o200k_base');
    const bytes = Buffer.from(TEXT);
    for (const [i, { piece, start, end, tokens, overlap, text }] of pieces.entries()) {
      expect(piece).toBe(i + 1);
      expect(text).toBe(bytes.subarray(start, end).toString());
      expect(tokens).toBe(oracle.encode_ordinary(text).length);
      expect(tokens).toBeLessThanOrEqual(50);
      const repeated = bytes.subarray(start, pieces[i - 1]?.end ?? start).toString();
      expect(overlap).toBe(oracle.encode_ordinary(repeated).length);
      expect(overlap).toBeLessThanOrEqual(8);
    }
    expect(pieces.at(-1).end).toBe(bytes.length);
    oracle.free();
  });

  it('prints nothing for no text', async () => {
    expect(await run(['--tokenizer', 'gpt2', '--tokens', '5', '-'])).toEqual({ code: 0, out: '', err: '' });
  });

  it.each([
    [['--tokenizer', 'gpt2', '-'], 'Say how many tokens'],
    [['--tokenizer', 'gpt2', '--tokens', '0', '-'], '--tokens takes a whole number from 1, not "0"'],
    [['--tokenizer', 'gpt2', '--tokens', '8', '--overlap', '8', '-'], 'less than the 8 of --tokens'],
    [
      ['--tokenizer', 'gpt2', '--tokens', '8', '--overlap', 'x', '-'],
      '--overlap takes a whole number from 0',
    ],
    [['--tokenizer', 'gpt2', '--tokens', '8'], 'Name one text file'],
    [['--tokenizer', 'gpt2', '--tokens', '8', '/no/such/file'], 'cannot be read'],
    [['--tokens', '8', '-'], 'Name a tokenizer'],
  ])('refuses %j', async (argv, message) => {
    const { code, out, err } = await run(argv, 'text');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('says which character does not fit, and what is not UTF-8', async () => {
    const { code, err } = await run(['--tokenizer', 'utf8-bytes', '--tokens', '3', '-'], 'ab🦊');
    expect([code, err]).toEqual([
      1,
      '“🦊” alone takes 4 tokens, more than the 3 of a piece.\nAllow at least 4 tokens a piece: a character that readers see as one is never divided.\n',
    ]);
    expect(
      (await run(['--tokenizer', 'gpt2', '--tokens', '9', '-'], Uint8Array.of(0x61, 0xff))).err,
    ).toContain('U+FFFD');
  });
});
