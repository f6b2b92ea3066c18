import { describe, expect, it } from 'vitest';
import { encodeLink } from '../core/link/codec';
import { main } from './main';

async function run(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    stdin: async () => new Uint8Array(0),
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
  });
  return { code, out: out.join(''), err: err.join('') };
}

const hash = encodeLink({
  lab: 'image',
  image: {
    model: 'karhunen-128',
    modelHash: '',
    view: 'side',
    k: 2,
    source: { kind: 'tokens', ids: Uint32Array.of(7, 65_535, 0), bits: 16 },
  },
  text: {
    tokenizers: ['gpt2'],
    text: { kind: 'inline', value: 'Türkçe' },
    showIds: true,
    showWhitespace: false,
  },
});

describe('the command line', () => {
  it('lists its commands, on demand on standard output', async () => {
    expect(await run('--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('encode-text'),
      err: '',
    });
    expect(await run('eval-images', '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('eval-images --models'),
    });
  });

  it.each([[[]], [['no-such-command']], [['toString']]])(
    'exits with 2 and a message for %j',
    async (argv) => {
      expect(await run(...argv)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining('decode-link'),
      });
    },
  );
});

describe('decode-link', () => {
  it.each([
    ['a whole URL', `http://localhost:4173/${hash}`],
    ['a hash', hash],
    ['a hash without its sign', hash.slice(1)],
  ])('answers the experiment of %s as JSON', async (_, url) => {
    const { code, out } = await run('decode-link', url);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      lab: 'image',
      image: { model: 'karhunen-128', k: 2, source: { kind: 'tokens', ids: [7, 65_535, 0], bits: 16 } },
      text: { tokenizers: ['gpt2'], text: { kind: 'inline', value: 'Türkçe' }, showIds: true },
      problems: [],
    });
  });

  it.each([[[]], [['a', 'b']], [['--json']]])('exits with 2 for the arguments %j', async (argv) => {
    expect(await run('decode-link', ...argv)).toMatchObject({ code: 2, out: '' });
  });

  it.each([
    ['a future version', '#9.abc', /newer Tokenoscope/],
    ['a cut link', hash.slice(0, 40), /damaged/],
    ['no link', 'http://localhost/', /not a link/],
  ])('exits with 1 and says why for %s', async (_, url, message) => {
    expect(await run('decode-link', url)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(message),
    });
  });
});
