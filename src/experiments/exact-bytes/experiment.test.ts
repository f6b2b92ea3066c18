import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { totalVariation } from '../../engine/lm/draw';
import { alice } from '../alice';
import { readState } from '../experiment';
import { runOn, testContext } from '../testing/run';
import { quoted, tokenOfEach } from './characters';
import { cutAt, likeliest, statesBehind } from './cut';
import { CUTS, cutShown, experiment, mixture } from './experiment';
import { fillIn } from './fill';
import { averageOf } from './held-out';
import { learnBoth, loadBoth } from './models';
import { openingOf } from './opening';

const goes = async () => undefined;

/** Those of the page. */
const networks = async () => {
  const both = await loadBoth('a text', testContext().languageModel);
  return { ...both, sizes: [both.main.size, both.other.size] };
};

/** The beginning of the book, which is learned from in a moment. */
const part = async () => (await alice.load()).slice(0, 60_000);

describe('a prompt cut anywhere', () => {
  it('has the same exact distribution by a search for covers as byte by byte from the start', async () => {
    const { main } = await learnBoth(await part(), [512, 256], {});
    const prompt = 'The Queen was very curious — “don’t';
    let read = await main.exact.start();
    const bytes = encodeUtf8(prompt);
    for (let end = 1; end <= bytes.length; end++) {
      read = await main.exact.read(read, [bytes[end - 1]!]);
      const { exact } = (await statesBehind(main, bytes.slice(0, end))).states;
      expect(totalVariation(exact.next, read.next)).toBeLessThan(1e-10);
      expect(exact.inside).toBeCloseTo(read.inside, 10);
    }
    expect(read.calls).toBe(bytes.length + 1);
  });

  it('is the same in both ways under a network whose tokenizer looks ahead', async () => {
    const { main, other, sizes } = await networks();
    expect(sizes).toEqual([2048, 256]);
    const bytes = encodeUtf8('It’s  the\n Mock Tur');
    let read = await main.exact.start();
    for (let end = 1; end <= bytes.length; end++) {
      read = await main.exact.read(read, [bytes[end - 1]!]);
      const { exact } = (await statesBehind(main, bytes.slice(0, end))).states;
      expect(totalVariation(exact.next, read.next)).toBeLessThan(1e-4);
    }
    const cut = await cutAt(main, 'At last the Mock Tur', 3, undefined);
    expect(cut.characters[0]).toMatchObject({ text: 't', exact: expect.closeTo(0.97, 2) });
    expect(cut.distance.naive).toBeGreaterThan(0.5);
    const average = await averageOf(
      { main, other, heldOut: encodeUtf8('a line of words. '.repeat(8)) },
      110,
      goes,
    );
    expect(average!.bytes).toBe(110);
  });

  it('shows characters, covers and texts that fit', async () => {
    const { main } = await learnBoth(await part(), [512, 256], {});
    const cut = await cutAt(main, 'said the Que', 1, undefined);
    expect(decodeUtf8(Uint8Array.from(cut.tokens.flatMap((token) => Array.from(token))))).toBe(
      'said the Que',
    );
    expect(cut.characters[0]!.text).toBe('e');
    const sum = cut.characters.reduce((total, { exact }) => total + exact, 0);
    expect(sum).toBeLessThanOrEqual(1 + 1e-9);
    expect(sum).toBeGreaterThan(0.8);
    for (const { before, last, read, probability } of cut.covers) {
      const end = [...before.flatMap((token) => Array.from(token)), ...last.subarray(0, read)];
      expect('said the Que'.endsWith(decodeUtf8(Uint8Array.from(end)))).toBe(true);
      expect(read).toBeGreaterThan(0);
      expect(last.length).toBeGreaterThan(read);
      expect(probability).toBeLessThanOrEqual(1 - cut.fresh + 1e-9);
    }
    const { tokens, read, calls } = cut.drawn.exact;
    expect('said the Que'.endsWith(decodeUtf8(tokens[0]!.subarray(0, read)))).toBe(true);
    expect(calls).toBe(tokens.length - 1);
    // Behind a whole word that no longer one begins with, tokens that are continued are right as well.
    const whole = await cutAt(main, 'said the Queen', 1, undefined);
    expect(whole.distance.naive).toBeLessThan(0.2);
    // A character of three bytes is one character.
    const quote = await cutAt(main, 'and Alice said, ', 1, undefined);
    expect(quote.characters.every(({ text }) => [...text].length === 1)).toBe(true);
  });
});

it('costs less than the mean of two models where these are averaged, and what each costs at the ends', async () => {
  const learned = await learnBoth(await part(), [512, 256], {});
  const average = (await averageOf(learned, 2500, goes))!;
  const { main, other } = learned;
  const read = learned.heldOut.subarray(0, average.bytes);
  const alone = async (exact: typeof main.exact) => (await exact.read(await exact.start(), read)).bits;
  expect(average.bitsPerByte[0]).toBeCloseTo((await alone(main.exact)) / average.bytes, 9);
  expect(average.bitsPerByte.at(-1)).toBeCloseTo((await alone(other.exact)) / average.bytes, 9);
  const { both } = mixture(average, 50);
  // Jensen: log of a mean of probabilities is no less than the mean of their logs.
  expect(both).toBeLessThan((average.bitsPerByte[0]! + average.bitsPerByte.at(-1)!) / 2);
});

it('fills a gap by what is before and what is behind it', async () => {
  const { main } = await learnBoth(await part(), [512, 256], {});
  const filled = (await fillIn(main, 'said the Ca', 'erpillar.', { seed: 1, draws: 16 }, goes))!;
  expect(filled.middles[0]!.text).toBe('t');
  expect(filled.middles[0]!.exact).toBeGreaterThan(0.9);
  for (const way of ['exact', 'naive'] as const) {
    const sum = filled.middles.reduce((total, middle) => total + middle[way], 0);
    expect(sum).toBeLessThanOrEqual(1 + 1e-9);
  }
  expect(await fillIn(main, '', 'a', { seed: 1, draws: 16 }, goes)).toBeUndefined();
});

it('is right where tokens that are continued are wrong', async () => {
  const { result, figures } = await runOn(experiment, await alice.load());
  expect(result.cuts).toHaveLength(38);
  expect(figures['distance']).toBeGreaterThan(90);
  expect(figures['distance-healed']).toBeGreaterThan(90);
  expect(cutShown(result, 20)!.characters[0]).toMatchObject({ text: 't', exact: expect.closeTo(1, 2) });
  expect(figures['right-exact']).toBeGreaterThan(figures['right-healed']! + 5);
  expect(figures['right-healed']).toBeGreaterThan(figures['right-naive']! + 15);
  expect(figures['bits-exact']).toBeLessThan(figures['bits-healed']!);
  expect(figures['bits-healed']).toBeLessThan(figures['bits-naive']!);
  expect(figures['both']).toBeLessThan(Math.min(figures['main']!, figures['other']!));
  expect(figures['both-gain']).toBeCloseTo(2, 0);
  const shorter = experiment.figures(result, readState(experiment, { cut: 1, share: 0 }));
  expect(shorter.find(({ id }) => id === 'both-gain')!.value).toBe(0);
});

it('takes any text and prompt, or says what is missing', async () => {
  const { result, figures } = await runOn(experiment, 'abc abd 😀. '.repeat(30), {
    prompt: '',
    before: '',
    size: 4096,
  });
  expect(result).toMatchObject({ cuts: [], filled: undefined, isShort: true });
  expect(figures['distance']).toBeUndefined();
  expect(result.sizes[0]).toBeLessThan(300);
  const tiny = await runOn(experiment, 'ab', { prompt: '\ud800東京 \n', cut: 400 });
  expect(tiny.figures).toMatchObject({ 'right-exact': undefined, both: undefined });
  expect(tiny.figures['distance']).toBeGreaterThanOrEqual(0);
  const long = await runOn(experiment, 'the cat sat on the mat. '.repeat(9), { prompt: 'cat '.repeat(50) });
  expect(long.result.cuts.map(({ kept }) => kept)).toEqual(Array.from({ length: CUTS }, (_, i) => 153 + i));
  await expect(runOn(experiment, ' \n')).rejects.toMatchObject({ code: 'train-empty' });
  expect(() => readState(experiment, { size: 1000 })).toThrow(/^size is not usable/);
  expect(() => readState(experiment, { share: 51 })).toThrow(/^share is not usable/);
});

it('takes a prompt out of another text, cut where it misleads most', async () => {
  const text = 'Seven silver swallows were swimming in summer.\n'.repeat(40);
  const { result, figures } = await runOn(experiment, text);
  expect(text).toContain(result.prompt);
  expect(result.prompt).toBe('Seven silver swallows were swimming in');
  expect([result.before, result.after]).toEqual(['Seven silver sw', ' were swimming in']);
  expect(result.filled!.middles[0]!.text).toBe('allows');
  const most = Math.max(...result.cuts.map(({ distance }) => distance.naive));
  expect(figures['distance']).toBeCloseTo(100 * most, 9);
  // What is written oneself is continued behind its end.
  expect((await runOn(experiment, text, { prompt: 'Seven sil' })).result.cut).toBe(9);
  expect(openingOf('漢字'.repeat(50), '')).toMatchObject({ prompt: '漢字'.repeat(20) });
  expect(openingOf('a', '')).toEqual({ prompt: 'a', cut: undefined, before: '', after: '' });
});

it('can be ended in the midst of it', async () => {
  const stop = new AbortController();
  const text = await part();
  const run = experiment.run(
    readState(experiment, {}),
    { kind: 'text', text },
    testContext({ signal: stop.signal, progress: (share) => share > 0.75 && stop.abort() }),
  );
  await expect(run).rejects.toMatchObject({ code: 'aborted' });
});

it('names what draws nothing, and knows the tokens of characters', () => {
  expect(quoted(' ')).toBe('space');
  expect(quoted('t')).toBe('“t”');
  expect(quoted('\u200b')).toBe('invisible');
  const tokens = ['a', 'b\xc3', '\xa9c'].map((latin) => Uint8Array.from(latin, (c) => c.charCodeAt(0)));
  expect(tokenOfEach([...'abéc'], tokens)).toEqual([0, 1, 1, 2]);
  expect(likeliest(Float64Array.of(0.2, 0.5, 0.3))).toBe(1);
});
