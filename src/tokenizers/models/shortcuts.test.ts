import { expect, it } from 'vitest';
import type { TokenSequence } from '../../core/text/token-sequence';
import type { Tokenizer } from '../../core/text/tokens';
import { readCompiledPipeline } from '../hugging-face/compiled';
import { readGenerated } from '../testing/generated-vocabulary';
import { nastyText } from '../testing/nasty-text';

const load = async (name: string): Promise<Tokenizer> =>
  readCompiledPipeline(name, await readGenerated(name));

/** For comparing many numbers quickly. */
const asBytes = ({ ids, starts, ends }: TokenSequence): Buffer =>
  Buffer.concat([ids, starts, ends].map(({ buffer }) => Buffer.from(buffer)));

/** The tokens of `text + ending`, which the shortcut refuses, up to those of the ending. */
function theLongWay(tokenizer: Tokenizer, text: string, ending: string, count: number): TokenSequence {
  const { ids, starts, ends } = tokenizer.encode(text + ending, { special: 'parse' });
  return { ids: ids.slice(0, count), starts: starts.slice(0, count), ends: ends.slice(0, count) };
}

// No merge and no mark crosses the line break or the space before what the shortcuts do not know how to treat.
it.each([
  ['llama-2', '\n', '\u2581'],
  ['gemma-2', '\n', '\u2581'],
  ['bert-uncased', ' ', '\u302e'],
])('%s: the shortcut gives the tokens and spans of the long way', async (name, border, unknown) => {
  const tokenizer = await load(name);
  for (let seed = 0; seed < 60; seed++) {
    const text =
      nastyText(seed)
        .toWellFormed()
        .replaceAll('\u2581', '')
        .replaceAll(/\p{Mc}/gu, '') + border;
    const short = tokenizer.encode(text, { special: 'parse' });
    const long = theLongWay(tokenizer, text, unknown, short.ids.length);
    expect(asBytes(long).equals(asBytes(short)), JSON.stringify(text)).toBe(true);
  }
});

it.each(['llama-2', 'gemma-2', 'bert-uncased'])('%s: long words are the same in slices', async (name) => {
  const tokenizer = await load(name);
  for (const text of [
    'a'.repeat(100_000),
    ' '.repeat(50_000),
    `x${'é'.repeat(40_000)}\n`,
    'ab '.repeat(20_000),
  ]) {
    const whole = tokenizer.encode(text);
    expect(asBytes(await tokenizer.encodeInSlices(text, {})).equals(asBytes(whole))).toBe(true);
    if (name !== 'bert-uncased') expect(whole.ends.at(-1)).toBe(new TextEncoder().encode(text).length);
  }
});

it('a long word can be aborted', async () => {
  const tokenizer = await load('gemma-2');
  const controller = new AbortController();
  const shares: number[] = [];
  const work = tokenizer.encodeInSlices('a'.repeat(1_000_000), {
    signal: controller.signal,
    onProgress: (share) => {
      shares.push(share);
      controller.abort();
    },
  });
  await expect(work).rejects.toThrow(expect.objectContaining({ code: 'aborted' }));
  expect(shares).toHaveLength(1);
  expect(shares[0]).toBeLessThan(1);
});
