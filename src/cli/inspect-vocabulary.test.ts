import { get_encoding } from 'tiktoken';
import { expect, it } from 'vitest';
import { main } from './main';

async function run(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(['inspect-vocabulary', ...argv], {
    stdin: async () => new Uint8Array(0),
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
  });
  return { code, lines: out.map((line) => JSON.parse(line)), err: err.join('') };
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
