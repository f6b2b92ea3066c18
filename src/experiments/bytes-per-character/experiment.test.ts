import { expect, it } from 'vitest';
import { readState } from '../experiment';
import { runOn } from '../testing/run';
import { experiment } from './experiment';

const run = async (text: string, raw: object = {}) => {
  const { result, figures } = await runOn(experiment, text, raw);
  return { ...result, figures: Object.values(figures) };
};

it('counts characters by their bytes', async () => {
  expect(await run('aé東😀')).toEqual({ counts: [1, 1, 1, 1], figures: [10 / 4, 4, 10] });
  expect((await run('é', { form: 'NFD' })).counts).toEqual([1, 1, 0, 0]);
  expect((await run('e\u0301', { form: 'NFC' })).counts).toEqual([0, 1, 0, 0]);
  expect((await run('ﬁ', { form: 'NFKC' })).counts).toEqual([2, 0, 0, 0]);
});

it('counts what TextEncoder writes, lone surrogates too', async () => {
  const text = 'a\ud800b\udc00'.repeat(5000);
  const [rate, characters, bytes] = (await run(text)).figures;
  expect(bytes).toBe(new TextEncoder().encode(text).length);
  expect(characters).toBe(20_000);
  expect(rate).toBe(2);
});

it('has no rate for no text, and refuses a form that does not exist', async () => {
  expect((await run('')).figures).toEqual([undefined, 0, 0]);
  expect(() => readState(experiment, { form: 'NFX' })).toThrow(/^form is not usable/);
  expect(() => readState(experiment, { from: 'NFC' })).toThrow(/^from is not usable/);
});
