import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { readState } from '../experiment';
import { catalogueTokenizer, runOn } from '../testing/run';
import { alignedChunks, mergedChunks, spaceAt, spaceChances } from './align';
import { chunksBy, experiment } from './experiment';

function align(teacher: readonly number[], student: readonly number[], length: number) {
  const walk = alignedChunks(
    { ends: Uint32Array.from(teacher) },
    { ends: Uint32Array.from(student) },
    length,
  );
  for (;;) {
    const { done, value } = walk.next();
    if (done) return [value.ends, value.teacher, value.student].map((numbers) => [...numbers]);
  }
}

it('ends a chunk wherever both have covered the same bytes', () => {
  // By hand: "un|believ|able" against "unb|eliev|able" meet at 8 and 12; then "s" and "s".
  expect(align([2, 8, 12, 13], [3, 8, 12, 13], 13)).toEqual([
    [8, 12, 13],
    [2, 1, 1],
    [2, 1, 1],
  ]);
  expect(align([4], [1, 2, 3, 4], 4)).toEqual([[4], [1], [4]]);
  // Two tokens that cover one character together; a space at the end that only one of them has a token for.
  expect(align([3, 3, 5], [3, 5], 6)).toEqual([
    [3, 6],
    [2, 1],
    [1, 1],
  ]);
  expect(align([2, 5], [2, 5, 6], 6)).toEqual([
    [2, 5, 6],
    [1, 1, 0],
    [1, 1, 1],
  ]);
  expect(align([], [], 0)).toEqual([[], [], []]);
});

it('finds the ends that two tokenizers share, and loses no token', async () => {
  const text = 'Untokenizable “façades” — 東京タワー 1234567, naïve😀s.';
  const bytes = encodeUtf8(text);
  for (const [a, b] of [
    ['gpt2', 'bert-uncased'],
    ['o200k', 'llama-2'],
    ['utf8-bytes', 'gpt2'],
  ] as const) {
    const [first, second] = [
      (await catalogueTokenizer(a)).encode(text),
      (await catalogueTokenizer(b)).encode(text),
    ];
    const [ends, teacher, student] = align([...first.ends], [...second.ends], bytes.length);
    const common = [...new Set(first.ends)].filter((end) => second.ends.includes(end));
    expect(ends).toEqual(common);
    expect(teacher!.reduce((sum, count) => sum + count, 0)).toBe(first.ids.length);
    expect(student!.reduce((sum, count) => sum + count, 0)).toBe(second.ids.length);
    // The other way around they are the same chunks.
    expect(align([...second.ends], [...first.ends], bytes.length)).toEqual([ends, student, teacher]);
  }
});

it('has one teacher token a chunk where the student reads bytes', async () => {
  const { figures } = await runOn(experiment, 'The cat sat. ネコ', { student: 'utf8-bytes', rule: 'greedy' });
  expect(figures['teacher-per-chunk']).toBe(1);
  expect(figures['student-per-chunk']).toBe(figures['bytes-per-chunk']);
});

it('knows spaces by their bytes', () => {
  const wrong: number[] = [];
  for (let point = 0; point < 0x3100; point++) {
    const character = String.fromCodePoint(point);
    if (spaceAt(encodeUtf8(`a${character}`), 1) !== /\p{White_Space}/u.test(character)) wrong.push(point);
  }
  expect(wrong).toEqual([]);
  expect(spaceAt(encodeUtf8('a'), 1)).toBe(true);
});

it('counts how often a space follows a token', () => {
  // a_ab a. : id 1 is "a", which a space follows twice of three times; the end of the text counts as one.
  const bytes = encodeUtf8('a ab a');
  const tokens = { ids: Uint32Array.of(1, 9, 1, 2, 9, 1), ends: Uint32Array.of(1, 2, 3, 4, 5, 6) };
  expect([...spaceChances(tokens, bytes)]).toEqual([2 / 3, 0, 2 / 3, 1, 0, 2 / 3]);
});

it('only merges chunks, more of them the surer an end has to be', async () => {
  const text = 'the cat, the cats. the end; then theatre, the cat’s whiskers and the others there';
  const { result, state } = await runOn(experiment, text);
  const all = new Set(result.chunks.ends);
  let last = Number.POSITIVE_INFINITY;
  for (let gamma = 0; gamma <= 99; gamma += 3) {
    const { ends, teacher } = chunksBy(result, 'likely', gamma);
    expect(ends.every((end) => all.has(end))).toBe(true);
    expect(ends.at(-1)).toBe(encodeUtf8(text).length);
    expect(teacher.reduce((sum, count) => sum + count, 0)).toBe(
      result.chunks.teacher.reduce((a, b) => a + b, 0),
    );
    expect(ends.length).toBeLessThanOrEqual(last);
    last = ends.length;
    const least = experiment
      .figures(result, { ...state, gamma })
      .find(({ id }) => id === 'least-certain')!.value;
    expect(least ?? 1).toBeGreaterThan(gamma / 100);
  }
  expect(chunksBy(result, 'greedy', 50)).toBe(result.chunks);
  // Where a space follows: as the text itself is divided by its spaces.
  const words = text.split(' ').length;
  expect(chunksBy(result, 'space', 50).ends).toHaveLength(words);
  expect(mergedChunks(result.chunks, () => false).ends).toEqual(Uint32Array.of(encodeUtf8(text).length));
});

it('has no figures for no text, and refuses what it does not know', async () => {
  const { figures } = await runOn(experiment, '');
  expect(figures).toMatchObject({ chunks: 0, greedy: 0, longest: undefined, 'one-to-one': undefined });
  expect(() => readState(experiment, { gamma: 101 })).toThrow(/^gamma is not usable/);
  expect(() => readState(experiment, { teacher: 'nobody' })).toThrow(/^teacher is not usable/);
});
