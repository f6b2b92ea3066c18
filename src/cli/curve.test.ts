import { describe, expect, it } from 'vitest';
import { runMain } from './testing/run-main';

async function curve(input: string, ...args: string[]) {
  const { code, out: stdout, err: stderr } = await runMain(['curve', ...args], input);
  return { code, stdout, stderr };
}

describe('curve', () => {
  it('goes from bytes to all tokens, as JSON', async () => {
    const { code, stdout } = await curve('the theory of everything', '--tokenizer', 'gpt2');
    const { by, smallest, largest, points } = JSON.parse(stdout);
    expect([code, by, smallest, largest]).toEqual([0, 'merges', 257, 50_257]);
    expect(points[0]).toEqual({ size: 257, merges: 0, tokens: 24 });
    // "the theory of everything" is 4 tokens of GPT-2 (tiktoken).
    expect(points.at(-1)).toEqual({ size: 50_257, merges: 50_000, tokens: 4 });
  });

  it('takes sizes, and prints a table', async () => {
    const { stdout } = await curve(
      'the the',
      '--tokenizer',
      'gpt2',
      '--sizes',
      '0,258,999999',
      '--format',
      'csv',
    );
    expect(stdout).toBe('size,merges,tokens\n257,0,7\n258,1,6\n50257,50000,2\n');
    const words = await curve('the the', '--tokenizer', 'bert-uncased', '--sizes', '0', '--format', 'csv');
    expect(words.stdout).toBe('size,merges,tokens\n1999,,6\n');
  });

  it('refuses what it cannot use, in words', async () => {
    expect(await curve('a', '--tokenizer', 'gpt2', '--sizes', '1,x')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('whole numbers'),
    });
    expect(await curve('a', '--tokenizer', 'gpt2', '--format', 'xml')).toMatchObject({ code: 2 });
    expect(await curve('a', '--tokenizer', 'utf8-bytes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no vocabulary that can be cut'),
    });
  });
});
