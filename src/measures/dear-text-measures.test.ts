import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../core/text/utf8';
import { type DearTextMeasure, dearTextMeasures, type StudiedText } from './dear-text-measures';
import { textMeasures } from './text-measures';

/** A text cut by hand: `|` is where a token begins, words are given. */
function studied(cut: readonly string[], words: readonly string[], ids?: readonly number[]): StudiedText {
  const text = cut.join('');
  const ends: number[] = [];
  let at = 0;
  for (const token of cut) {
    at += encodeUtf8(token).length;
    ends.push(at);
  }
  let from = 0;
  const spans = words.map((word) => {
    const unit = text.indexOf(word, from);
    from = unit + word.length;
    return [encodeUtf8(text.slice(0, unit)).length, encodeUtf8(text.slice(0, from)).length] as const;
  });
  return {
    tokens: {
      ids: Uint32Array.from(ids ?? cut.map((_, i) => i)),
      starts: Uint32Array.from([0, ...ends.slice(0, -1)]),
      ends: Uint32Array.from(ends),
    },
    utf8: encodeUtf8(text),
    bytes: at,
    codePoints: [...text].length,
    vocabularySize: 4,
    words: words.length,
    wordSpans: {
      starts: Uint32Array.from(spans, ([start]) => start),
      ends: Uint32Array.from(spans, ([, end]) => end),
    },
    unknownId: 3,
  };
}

const value = (id: string, text: StudiedText) =>
  (dearTextMeasures.find((one) => one.id === id) as DearTextMeasure).compute(text);

const plain = studied(
  ['The', ' quick', ' br', 'own', ' fox', ' of the', '.'],
  ['The', 'quick', 'brown', 'fox', 'of', 'the'],
);
const empty = studied([], []);

it('finds one measure a file, with ids and places that no other measure has', () => {
  const files = Object.keys(import.meta.glob('./text-dear/*.ts'));
  expect(dearTextMeasures.map(({ id }) => `./text-dear/${id}.ts`).sort()).toEqual(files.sort());
  const all = [...dearTextMeasures, ...textMeasures];
  for (const key of ['id', 'label', 'place'] as const) {
    expect(new Set(all.map((measure) => measure[key])).size).toBe(all.length);
  }
});

describe.each(dearTextMeasures)('$id', (measure) => {
  it('is a number within its range, or nothing for no text', () => {
    for (const fact of [measure.label, measure.unit, measure.summary]) expect(fact).not.toBe('');
    const [low, high] = measure.range ?? [0, Number.POSITIVE_INFINITY];
    const found = measure.compute({ ...plain, vocabularySize: 10 }) ?? 0;
    expect(found >= low && found <= high).toBe(true);
    expect([undefined, 0]).toContain(measure.compute(empty));
  });
});

it('looks at words and tokens, counted by hand', () => {
  // "brown" alone takes two tokens; of 7 tokens one begins within a word and one holds two words.
  expect(value('continued-words', plain)).toBeCloseTo(1 / 6);
  expect(value('boundaries-between-words', plain)).toBeCloseTo(6 / 7);
  expect(value('tokens-over-words', plain)).toBeCloseTo(1 / 7);
  // "the" is the only word that no token begins with.
  expect(value('words-begin-tokens', plain)).toBeCloseTo(5 / 6);
});

it('looks at the vocabulary, by the published formula', () => {
  // p = (2/3, 1/3): log(p1^2.5 + p2^2.5) / (1 - 2.5) / log 4.
  const two = studied(['a', 'b', 'a'], [], [0, 1, 0]);
  expect(value('renyi-efficiency', two)).toBeCloseTo(0.40919, 4);
  expect(value('renyi-efficiency', studied(['a', 'b', 'c', 'd'], []))).toBeCloseTo(1);
  expect(value('renyi-efficiency', studied(['a', 'a'], [], [1, 1]))).toBeCloseTo(0);
  expect(value('distinct-tokens', two)).toBe(2);
  expect(value('vocabulary-use', two)).toBe(0.5);
});

it('looks at characters and digits', () => {
  expect(value('single-characters', studied([' a', 'b', ' 12', '語', 'xy'], []))).toBeCloseTo(3 / 5);
  expect(value('digits-per-number-token', studied([' 123', '45', '.', '6', 'x'], []))).toBe(2);
  expect(value('digits-per-number-token', studied(['x'], []))).toBeUndefined();
  expect(value('unknown-rate', studied(['a', 'b'], [], [3, 1]))).toBe(0.5);
  // The first two of four tokens divide a character of three bytes.
  const whole = studied(['語', 'a', 'b'], []);
  const divided: StudiedText = {
    ...whole,
    tokens: {
      ids: Uint32Array.of(0, 1, 2, 3),
      starts: Uint32Array.of(0, 1, 3, 4),
      ends: Uint32Array.of(1, 3, 4, 5),
    },
  };
  expect(value('byte-fallback-rate', whole)).toBe(0);
  expect(value('byte-fallback-rate', divided)).toBe(0.5);
});
