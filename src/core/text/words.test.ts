import { expect, it } from 'vitest';
import { NO_SCRIPT, scriptFinder } from './scripts';
import { decodeUtf8, encodeUtf8 } from './utf8';
import { wordSpans } from './words';

/** Runs a generator to its end. */
function drain<T>(work: Generator<void, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

it('finds words as spans of the UTF-8', () => {
  const text = "L’été 🦄 don't, Straße 12";
  const bytes = encodeUtf8(text);
  const { starts, ends } = drain(wordSpans(text));
  const words = Array.from(starts, (start, i) => decodeUtf8(bytes.subarray(start, ends[i])));
  expect(words).toEqual(['L’été', "don't", 'Straße', '12']);
});

it('finds the same in a long text, wherever it is divided', () => {
  const unit = 'eins zwei, drei 🦄 vier. ';
  const { starts } = drain(wordSpans(unit.repeat(400)));
  expect(starts.length).toBe(1600);
  expect(starts[1597]! - starts[1593]!).toBe(encodeUtf8(unit).length);
});

it('tells scripts apart', () => {
  const scriptOf = scriptFinder();
  const of = (character: string) => scriptOf(character.codePointAt(0)!);
  expect(['a', 'ß', 'я', 'ह', '語', 'か', '한', 'ᏣB'].map(of)).toEqual([
    'Latin',
    'Latin',
    'Cyrillic',
    'Devanagari',
    'Han',
    'Hiragana',
    'Hangul',
    'Cherokee',
  ]);
  expect(['1', ' ', '.', '🦄', '\u0301', '\n'].map(of)).toEqual(Array(6).fill(NO_SCRIPT));
  expect(of('𐤀')).toBe('Another script');
});
