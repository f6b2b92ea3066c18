import { describe, expect, it } from 'vitest';
import {
  allMeasures,
  bestOf,
  columnOrder,
  compare,
  inWords,
  percent,
  rowOf,
  shown,
  whySentence,
} from './rows';

const measure = (id: string) => allMeasures.find((one) => one.id === id)!;

describe('a row of the table', () => {
  it('names the best columns only where one is better, and not those that lose text', () => {
    const row = rowOf(measure('bytes-per-token'), [4, 5, undefined, 5]);
    expect([...bestOf(row, () => true)]).toEqual([1, 3]);
    expect([...bestOf(row, (i) => i === 0 || i === 2)]).toEqual([]);
    expect([...bestOf(rowOf(measure('vocabulary'), [4, 5]), () => true)]).toEqual([]);
    expect([...bestOf(rowOf(measure('tokens'), [4, 5, 4.5]), () => true)]).toEqual([0]);
    expect([...bestOf(rowOf(measure('tokens'), [4, 4]), () => true)]).toEqual([]);
  });

  it('puts columns in order, the better first and unknown ones last', () => {
    const row = rowOf(measure('bytes-per-token'), [4, undefined, 5]);
    expect(columnOrder(row, 3, false)).toEqual([2, 0, 1]);
    expect(columnOrder(row, 3, true)).toEqual([0, 2, 1]);
    expect(columnOrder(rowOf(measure('tokens'), [4, undefined, 5]), 3, false)).toEqual([0, 2, 1]);
    expect(columnOrder(undefined, 2, false)).toEqual([0, 1]);
    expect(compare(undefined, undefined, 1)).toBe(0);
  });

  it('says its unit and which direction is better', () => {
    expect(inWords(measure('continued-words'))).toBe('% of words, lower is better');
    expect(inWords(measure('vocabulary'))).toBe('tokens');
    expect(shown(measure('continued-words'), 0.1234)).toBe('12.3 %');
    expect(shown(measure('tokens'), 1234)).toBe('1,234');
    expect(shown(measure('bytes-per-token'), 4.5678)).toBe('4.57');
    expect([percent(0), percent(0.000001), percent(1)]).toEqual(['0 %', '<0.001 %', '100 %']);
  });

  it('says why a line costs more with one than with another', () => {
    const labels = ['GPT-2', 'Gemma', 'none'];
    expect(whySentence([9.234, 1.4, undefined], labels)).toBe(
      'A word takes 1.40 tokens of Gemma, 9.23 of GPT-2.',
    );
    expect(whySentence([1.401, 1.4, undefined], labels)).toBe('');
    expect(whySentence([undefined, 2, undefined], labels)).toBe('');
    expect(whySentence([], [])).toBe('');
  });
});
