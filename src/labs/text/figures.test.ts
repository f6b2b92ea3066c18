import { expect, it } from 'vitest';
import type { Segmentation } from '../../engine/text/text.api';
import { textMeasures } from '../../measures/text-measures';
import { figureOf, figuresOf } from './figures';

const cut = (ids: number, bytes: number) =>
  ({
    tokens: { ids: new Uint32Array(ids) },
    bytes,
    codePoints: bytes,
    words: 1,
    vocabularySize: 50_257,
  }) as Segmentation;

it('shows every measure that has a name for it, counts as whole numbers', () => {
  const shown = textMeasures.filter(({ short }) => short).map(({ id }) => id);
  expect(figuresOf(undefined).map(({ id, value }) => [id, value])).toEqual(
    shown.map((id) => [id, undefined]),
  );
  const values = Object.fromEntries(figuresOf(cut(4, 4)).map(({ name, value }) => [name, value]));
  expect(values).toEqual({
    tokens: '4',
    'bytes/token': '1.00',
    'chars/token': '1.00',
    vocabulary: '50,257',
  });
});

it('has nothing to say of a text without tokens', () => {
  expect(figureOf(cut(0, 0), 'bytes-per-token')).toBe('–');
  expect(figureOf(cut(0, 0), 'tokens')).toBe('0');
  expect(figureOf(cut(1, 5000), 'bytes-per-token')).toBe('5,000');
});
