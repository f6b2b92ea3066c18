import { get_encoding } from 'tiktoken';
import { expect, it } from 'vitest';
import { runMain } from './testing/run-main';

async function run(...argv: string[]) {
  const { code, out, err } = await runMain(['inspect-vocabulary', ...argv]);
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

it('answers how tokens come out of texts, and refuses what has no vocabulary', async () => {
  const { code, lines } = await run('--tokenizer', 'gpt2', '--unreached');
  expect(code).toBe(0);
  const oracle = get_encoding('gpt2');
  for (const { id, bytes } of lines) {
    expect(Buffer.from(oracle.decode_single_token_bytes(id)).toString('hex')).toBe(bytes);
  }
  oracle.free();
  expect(lines.filter(({ origin }) => origin === 'bytes')).toHaveLength(13);
  expect(lines.filter(({ origin }) => origin !== 'bytes')).toMatchObject([{ id: 47490, origin: 'untraced' }]);
  const bytes = await run('--tokenizer', 'utf8-bytes');
  expect(bytes.lines).toHaveLength(256);
  expect(bytes.lines[0x80]).toMatchObject({ origin: 'context', bytes: '80' });
  expect(await run('--tokenizer', 'words')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no vocabulary'),
  });
});
