import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import type { PartKind } from './study.api';
import { nodeSegmenter } from './testing/node-segmenter';
import { testSpecs } from './testing/specs';

async function measure(
  tokenizer: keyof typeof testSpecs,
  text: string,
  by: PartKind,
  measures: readonly string[],
) {
  const segmenter = nodeSegmenter();
  const spec = testSpecs[tokenizer];
  const measured = await segmenter.study(
    'measure',
    { tokenizer: { id: tokenizer, label: tokenizer, spec }, by, measures },
    { key: 1, bytes: encodeUtf8(text) },
    {},
  );
  segmenter.dispose();
  return measured;
}

it('measures a whole text with cheap and dear measures', async () => {
  const { parts, values } = await measure('utf8-bytes', 'Grüße 12', 'text', [
    'tokens',
    'bytes-per-token',
    'characters-per-token',
    'byte-fallback-rate',
    'continued-words',
    'single-characters',
    'no-such-measure',
  ]);
  expect(parts).toEqual([{ name: '', start: 0, end: 10 }]);
  // Ten bytes, eight characters; the four bytes of ü and ß are parts of characters; both words take several bytes.
  expect(values).toEqual([[10, 1, 0.8, 0.4, 1, 0.6, null]]);
});

it('measures lines, without those that hold nothing', async () => {
  const { parts, values, left } = await measure('utf8-bytes', 'ab\n\r\n\nc d\n', 'line', [
    'tokens',
    'continued-words',
  ]);
  expect(parts).toEqual([
    { name: '1', start: 0, end: 2 },
    { name: '4', start: 6, end: 9 },
  ]);
  expect(values).toEqual([
    [3, 1],
    [4, 0],
  ]);
  expect(left).toBe(0);
});

it('measures sentences of one line, each with its first token whole', async () => {
  const text = 'Hi there. Selam dünya. 你好。再见。\n';
  const whole = await measure('gpt2', text, 'text', ['tokens']);
  const { parts, values } = await measure('gpt2', text, 'sentence', ['tokens', 'continued-words']);
  expect(parts.map(({ name, start, end }) => [name, start, end])).toEqual([
    ['1', 0, 9],
    ['2', 9, 23],
    ['3', 23, 33],
    ['4', 33, 42],
  ]);
  expect(values.reduce((sum, [tokens]) => sum + tokens!, 0)).toBe(whole.values[0]![0]);
  // Hi, there, and the point: the space before Selam is a part of Selam's token.
  expect(values[0]).toEqual([3, 0]);
});

it('measures scripts: every token belongs to one', async () => {
  const text = 'Москва Grüße 東京 12!';
  const whole = await measure('gpt2', text, 'text', ['tokens']);
  const { parts, values } = await measure('gpt2', text, 'script', ['tokens', 'bytes-per-token']);
  expect(parts.map(({ name }) => name).sort()).toEqual(['Cyrillic', 'Han', 'Latin', 'No script']);
  expect(values.reduce((sum, [tokens]) => sum + tokens!, 0)).toBe(whole.values[0]![0]);
  expect(parts.reduce((sum, { end }) => sum + end, 0)).toBe(encodeUtf8(text).length);
  // A byte of a character belongs to the character's script.
  const bytes = await measure('utf8-bytes', text, 'script', ['tokens']);
  const of = (name: string) => bytes.values[bytes.parts.findIndex((part) => part.name === name)]![0];
  expect([of('Cyrillic'), of('Latin'), of('Han'), of('No script')]).toEqual([12, 7, 6, 6]);
});

it('stops at two thousand lines, and says how many are left', async () => {
  const { parts, left } = await measure('utf8-bytes', 'a\n'.repeat(2100), 'line', ['tokens']);
  expect([parts.length, left]).toEqual([2000, 100]);
});
