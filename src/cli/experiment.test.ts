import { describe, expect, it } from 'vitest';
import { runMain } from './testing/run-main';

const run = (argv: string[], input = '') => runMain(['experiment', ...argv], input);

describe('experiment', () => {
  it('prints state and figures, of the sample or of an input', async () => {
    const { code, out } = await run(['bytes-per-character']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ experiment: 'bytes-per-character', state: { form: 'none' } });
    const args = ['bytes-per-character', '--input', '-', '--set', 'form=NFD'];
    expect(JSON.parse((await run(args, 'é')).out)).toMatchObject({
      state: { form: 'NFD' },
      figures: [{ id: 'bytes-per-character', value: 1.5, unit: 'bytes' }, { value: 2 }, { value: 3 }],
    });
    expect(JSON.parse((await run(args, '')).out).figures[0].value).toBeNull();
  });

  it('shows which experiments there are', async () => {
    expect((await run(['--help'])).out).toContain('bytes-per-character');
    expect((await run(['nothing'])).err).toContain(
      'Experiments are: alm-chunks, awrs, byte2word, bytes-per-character',
    );
  });

  it.each([
    [[], 2, 'Name one experiment'],
    [['a', 'b'], 2, 'Name one experiment'],
    [['bytes-per-character', '--set', 'form'], 2, 'KEY=VALUE'],
    [['bytes-per-character', '--set', 'form=3'], 2, 'form is not usable'],
    [['bytes-per-character', '--set', 'other=3'], 2, 'other is not usable'],
    [['bytes-per-character', '--input', '/no/such/file'], 1, 'could not be read'],
    [
      ['bytes-per-character', '--input', 'public/samples/cat.webp'],
      1,
      'public/samples/cat.webp is a picture, not a text',
    ],
  ])('refuses %j', async (argv, code, words) => {
    const answer = await run(argv);
    expect(answer.code).toBe(code);
    expect(answer.err).toContain(words);
  });
});
