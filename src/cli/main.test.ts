import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeLink } from '../core/link/envelope';
import type { TextExperiment } from '../labs/text/experiment';
import { linkFormat } from '../labs/text/link-format';
import { runMain } from './testing/run-main';

function readFixture(name: string): { hash: string; experiment: { lab: string } } {
  return JSON.parse(readFileSync(`src/core/link/fixtures/${name}.json`, 'utf8'));
}

const run = (...argv: string[]) => runMain(argv);

const TEXT: TextExperiment = {
  tokenizers: ['gpt2'],
  text: { kind: 'inline', value: 'Türkçe' },
  showIds: true,
  showWhitespace: false,
};
const hash = encodeLink('text', linkFormat.write(TEXT))!;

/** As version 1 wrote it: a picture of three tokens. */
const VERSION_1 = readFixture('v1-picture-tokens');

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
      lab: 'text',
      text: { tokenizers: ['gpt2'], text: { kind: 'inline', value: 'Türkçe' }, showIds: true },
      problems: [],
    });
  });

  it('opens links of version 1', async () => {
    const { code, out } = await run('decode-link', VERSION_1.hash);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      lab: VERSION_1.experiment.lab,
      image: { k: expect.any(Number) },
    });
  });

  it('writes a long text as text', async () => {
    const blob = new TextEncoder().encode('naïve café '.repeat(6000));
    const { out } = await run('decode-link', encodeLink('text', { head: { z: ['gpt2'] }, blob })!);
    expect(JSON.parse(out).text.text).toEqual({ kind: 'utf8', bytes: 'naïve café '.repeat(6000) });
  });

  it('names a lab that is not here', async () => {
    const other = encodeLink('elsewhere', { head: { id: 'x' }, blob: new Uint8Array(0) })!;
    const { out } = await run('decode-link', other);
    expect(JSON.parse(out).problems).toEqual([expect.stringContaining('"elsewhere"')]);
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
