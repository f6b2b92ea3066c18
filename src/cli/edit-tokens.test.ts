import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { changedAt, shuffleTail } from '../core/image/token-edits';
import { runMain } from './testing/run-main';

const ids = Array.from({ length: 32 }, (_, i) => (i * 1999) % 64_000);
const others = ids.map((id) => 63_999 - id);
let other: string;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tokenoscope-edit-'));
  other = join(folder, 'other.json');
  await writeFile(other, JSON.stringify({ model: 'fixed-32', ids: others }));
});

const run = (...options: string[]) =>
  runMain(['edit-tokens', '--model', 'fixed-32', ...options], JSON.stringify({ ids }));

async function edited(...options: string[]): Promise<Uint32Array> {
  const { code, out, err } = await run(...options);
  expect(err).toBe('');
  expect(code).toBe(0);
  const line = JSON.parse(out);
  expect(line.model).toBe('fixed-32');
  return Uint32Array.from(line.ids);
}

const row = Uint32Array.from(ids);

describe('edit-tokens', () => {
  it('shuffles, splices, mixes, sets and draws as the page does', async () => {
    expect(await edited('--shuffle-tail', '8', '--seed', '3')).toEqual(shuffleTail(row, 8, 3));
    expect([...(await edited('--splice', other, '--keep', '5'))]).toEqual([
      ...ids.slice(0, 5),
      ...others.slice(5),
    ]);
    expect(changedAt(await edited('--mix', other, '--share', '0.25'), row)).toHaveLength(8);
    expect([...(await edited('--interpolate', other, '--share', '1'))]).toEqual(others);
    expect([...(await edited('--interpolate', other, '--share', '0.5'))]).not.toEqual(others);
    expect(changedAt(await edited('--set', '3=7', '--set', '9=11'), row)).toEqual([2, 8]);
    expect([...(await edited('--random-tail', '30')).subarray(0, 30)]).toEqual(ids.slice(0, 30));
  });

  it('moves a share to near codes, which differ in one of the six numbers', async () => {
    const out = await edited('--perturb', '--share', '0.5', '--seed', '2');
    const digits = (id: number) => {
      let rest = id;
      return [8, 8, 8, 5, 5, 5].map((level) => {
        const digit = rest % level;
        rest = Math.floor(rest / level);
        return digit;
      });
    };
    const changed = changedAt(out, row);
    expect(changed).toHaveLength(16);
    for (const at of changed) {
      const [a, b] = [digits(row[at]!), digits(out[at]!)];
      expect(a.filter((digit, d) => digit !== b[d])).toHaveLength(1);
    }
    expect(await edited('--perturb', '--share', '0.5', '--seed', '2')).toEqual(out);
  });

  it('knows the codebook of a linear model', async () => {
    const input = JSON.stringify(Array.from({ length: 128 }, (_, i) => i * 500));
    const { code, out } = await runMain(
      ['edit-tokens', '--model', 'karhunen-64', '--perturb', '--share', '0.1'],
      input,
    );
    expect(code).toBe(0);
    expect(changedAt(JSON.parse(out).ids, JSON.parse(input))).toHaveLength(13);
  });

  it.each([
    ['nothing to do', [], 'Say what to do'],
    ['a splice without a number', ['--splice', 'x.json'], '--keep'],
    ['a file that is not there', ['--mix', 'nowhere.json'], 'could not be read'],
    ['a place that is not there', ['--set', '33=1'], 'a place from 1 to 32'],
    ['an id that is not in the codebook', ['--set', '3=64000'], 'Token 3 is 64000'],
    ['a share beyond 1', ['--perturb', '--share', '2'], '--share takes a number from 0 to 1'],
    ['a seed that is no number', ['--shuffle-tail', '1', '--seed', 'x'], '--seed takes'],
  ] as const)('exits with 2 for %s', async (_, options, message) => {
    const { code, err } = await run(...options);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
