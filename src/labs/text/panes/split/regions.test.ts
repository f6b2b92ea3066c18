import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../../../core/text/utf8';
import type { SplitText } from '../../../../engine/text/study.api';
import { regionsOf } from './regions';

const pieces = (...spans: readonly (readonly [number, number])[]): SplitText => ({
  starts: Uint32Array.from(spans, ([start]) => start),
  ends: Uint32Array.from(spans, ([, end]) => end),
  tokens: new Uint32Array(spans.length),
  overlaps: new Uint32Array(spans.length),
});

it('divides the text where pieces begin and end', () => {
  const bytes = encodeUtf8('abcdefgh');
  expect(regionsOf(bytes, pieces([0, 4], [3, 7], [6, 8]), 8)).toEqual([
    { text: 'abc', first: 0, last: 0, begins: 0 },
    { text: 'd', first: 0, last: 1, begins: 1 },
    { text: 'ef', first: 1, last: 1, begins: undefined },
    { text: 'g', first: 1, last: 2, begins: 2 },
    { text: 'h', first: 2, last: 2, begins: undefined },
  ]);
});

it('gives back the text without overlap, and its beginning where there is a limit', () => {
  const bytes = encodeUtf8('Grüße aus Köln');
  const all = pieces([0, 7], [7, 11], [11, bytes.length]);
  expect(
    regionsOf(bytes, all, bytes.length)
      .map(({ text }) => text)
      .join(''),
  ).toBe('Grüße aus Köln');
  expect(regionsOf(bytes, all, 9).map(({ text }) => text)).toEqual(['Grüße', ' a']);
  expect(regionsOf(bytes, pieces(), 0)).toEqual([]);
});
