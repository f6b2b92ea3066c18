import { expect, it } from 'vitest';
import { sentenceSpans } from './sentences';
import { decodeUtf8, encodeUtf8 } from './utf8';

function sentencesOf(text: string): string[] {
  const bytes = encodeUtf8(text);
  const work = sentenceSpans(text);
  for (;;) {
    const step = work.next();
    if (!step.done) continue;
    const { starts, ends } = step.value;
    return Array.from(starts, (start, i) => decodeUtf8(bytes.subarray(start, ends[i])));
  }
}

it('tells the languages of one paragraph apart; a space counts with the sentence after it', () => {
  expect(
    sentencesOf('It costs 3.5 lira. Günaydın, nasılsın? यह एक वाक्य है। 今天天气很好。我们走吧！'),
  ).toEqual([
    'It costs 3.5 lira.',
    ' Günaydın, nasılsın?',
    ' यह एक वाक्य है।',
    ' 今天天气很好。',
    '我们走吧！',
  ]);
});

it('ends a sentence at a line, and takes nothing empty for one', () => {
  expect(sentencesOf('One\nTwo.\n\n  Three. \n')).toEqual(['One\n', 'Two.\n', '\n  Three. \n']);
  expect(sentencesOf(' \n ')).toEqual([]);
  expect(sentencesOf('')).toEqual([]);
});

it('finds the same in a long text, wherever it is divided', () => {
  const unit = 'A cat sat e.g. here. Ünal 🦄 gitti mi? 好。';
  for (const between of [' ', '\n']) {
    const found = sentencesOf(`${unit}${between}`.repeat(500));
    expect(found.length).toBe(1500);
    expect(found.join('')).toBe(`${unit}${between}`.repeat(500));
    expect(new Set(found.slice(1, -1).map((one) => one.trim())).size).toBe(3);
  }
  expect(sentencesOf('a'.repeat(20_000))).toEqual(['a'.repeat(20_000)]);
});
