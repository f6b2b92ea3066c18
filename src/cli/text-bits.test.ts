import { describe, expect, it } from 'vitest';
import { runMain } from './testing/run-main';

const run = (argv: string[], input = '') => runMain(['text-bits', ...argv], input);

describe('text-bits', () => {
  it('answers bits per byte, and those of lines, which sum up', async () => {
    const text = 'Once upon a time\nthere was a girl.\n';
    const { code, out } = await run(['--model', 'lm-draft', '--each', 'line'], text);
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ model: 'lm-draft', bytes: 35, tokens: 35 });
    expect(answer.bitsPerByte).toBeGreaterThan(1);
    expect(answer.bitsPerByte).toBeLessThan(3);
    expect(answer.each.map(([start, end]: number[]) => [start, end])).toEqual([
      [0, 17],
      [17, 35],
    ]);
    expect(answer.each[0][2] + answer.each[1][2]).toBeCloseTo(answer.bits, 2);
    expect(answer.heldOut.books).toBeGreaterThan(1);
  });

  it('reads a model over tokens by its tokens or exactly by bytes', async () => {
    const tokens = JSON.parse((await run(['--model', 'lm-bpe', '--each', 'token'], 'The king said')).out);
    expect(tokens.tokens).toBeLessThan(13);
    expect(tokens.each.at(-1)[1]).toBe(13);
    const exact = JSON.parse(
      (await run(['--model', 'lm-bpe', '--exact', '--each', 'token'], 'The king said')).out,
    );
    expect(exact.each).toHaveLength(13);
    expect(exact.bits).toBeLessThan(tokens.bits);
  });

  it('answers nothing for no text, and says which models there are', async () => {
    expect(JSON.parse((await run(['--model', 'lm-draft'])).out)).toMatchObject({
      bytes: 0,
      bitsPerByte: null,
    });
    expect(await run(['--model', 'gpt-4'], 'a')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no language model "gpt-4". Known: lm-bpe, lm-byte'),
    });
    expect(await run([], 'a')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name a language model'),
    });
    expect((await run(['--model', 'lm-draft', '--each', 'word'], 'a')).code).toBe(2);
  });
});
