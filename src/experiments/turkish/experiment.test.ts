import { beforeAll, expect, it } from 'vitest';
import { sampleText } from '../experiment';
import { runOn } from '../testing/run';
import { experiment, pureShare, type Result, type State, turkishShare } from './experiment';
import { frontDecoded, type Lexicon, loadLexicon, Lexicon as OwnLexicon } from './lexicon';
import { correlation, publishedRows } from './published';

let lexicon: Lexicon;
let sample: Awaited<ReturnType<typeof runOn<State, Result>>>;
beforeAll(async () => {
  lexicon = await loadLexicon();
  sample = await runOn(experiment, await sampleText(experiment.input, 'declaration-turkish'));
}, 60_000);

it('knows roots, endings and words of both, by hand', () => {
  const own = new OwnLexicon(['ev', 'kitap', 'göz'], ['ler', 'lar', 'i', 'ı', 'lerden']);
  expect(['ev', ' EV', 'ler', 'lerden'].map((token) => own.kindOf(token))).toEqual([
    'pure',
    'pure',
    'pure',
    'pure',
  ]);
  expect(['evler', 'Evlerden', 'kitabı', 'gözler'].map((token) => own.kindOf(token))).toEqual([
    'turkish',
    'turkish',
    'turkish',
    'turkish',
  ]);
  // Against vowel harmony, a piece of a root, a softened consonant before a consonant, no letters.
  for (const token of ['evlar', 'kita', 'kitablar', ',', '', '12', 'house'])
    expect(own.kindOf(token)).toBe('other');
});

it('lower-cases as Turkish does', () => {
  const own = new OwnLexicon(['ışık', 'ilgi'], []);
  expect(['IŞIK', 'İlgi', 'Işık'].map((token) => own.kindOf(token))).toEqual(['pure', 'pure', 'pure']);
  expect(own.kindOf('Ilgi')).toBe('other');
});

it('reads the list of the dictionary', () => {
  expect(frontDecoded('0ev\n2ler\n1şya')).toEqual(['ev', 'evler', 'eşya']);
  expect([lexicon.roots, lexicon.endings]).toEqual([26_232, 7313]);
  for (const root of ['deniz', 'kitap', 've', 'acaba', 'sanki', 'güzel', 'lerden', 'larından', 'arak']) {
    expect([root, lexicon.kindOf(root)]).toEqual([root, 'pure']);
  }
  for (const word of ['denizlerden', 'kitabını', 'yaparak', 'evlerimizden']) {
    expect([word, lexicon.kindOf(word)]).toEqual([word, 'turkish']);
  }
  for (const piece of ['xylophone', 'ğl', 'tion']) expect(lexicon.kindOf(piece)).toBe('other');
});

it('gives the correlations of the draft’s table (the same by Python’s statistics.correlation)', () => {
  const { figures } = sample;
  expect(figures['r-tr-table']).toBeCloseTo(0.1, 2);
  expect(figures['r-pure-table']).toBeCloseTo(-0.51, 2);
  const others = publishedRows.filter(({ model }) => model !== 'GPT-4o');
  expect(correlation(others.map(({ tr, mmlu }) => [tr, mmlu]))).toBeCloseTo(0.42, 2);
  expect(correlation(others.map(({ pure, mmlu }) => [pure, mmlu]))).toBeCloseTo(-0.26, 2);
});

it('correlates by hand', () => {
  expect(
    correlation([
      [1, 2],
      [2, 4],
      [3, 6],
    ]),
  ).toBeCloseTo(1, 12);
  expect(
    correlation([
      [1, 3],
      [2, 2],
      [3, 1],
    ]),
  ).toBeCloseTo(-1, 12);
  expect(
    correlation([
      [0, 0],
      [1, 1],
      [0, 1],
      [1, 0],
    ]),
  ).toBe(0);
  expect(
    correlation([
      [1, 1],
      [1, 2],
      [1, 3],
    ]),
  ).toBeUndefined();
  expect(
    correlation([
      [1, 1],
      [2, 2],
    ]),
  ).toBeUndefined();
});

it('counts what is pure as Turkish as well, and unique tokens no more often than all', () => {
  for (const { unique, all } of sample.result.readings) {
    expect(turkishShare(unique)!).toBeGreaterThan(pureShare(unique)!);
    for (const kind of ['pure', 'turkish', 'other'] as const) {
      expect(unique[kind]).toBeLessThanOrEqual(all[kind]);
    }
  }
  expect(sample.result.readings.map(({ id }) => id)).toContain('gemma-2');
});

it('counts a text by hand, and has no figures for none', async () => {
  // Three words of one token each, one of them twice; a full stop.
  const { result } = await runOn(experiment, 'bir bir ve.');
  for (const { id, all, unique } of result.readings) {
    if (id === 'gpt2') continue;
    expect([id, all]).toEqual([id, { pure: 3, turkish: 0, other: 1 }]);
    expect([id, unique]).toEqual([id, { pure: 2, turkish: 0, other: 1 }]);
  }
  const { figures } = await runOn(experiment, ' \n ');
  expect([figures.tr, figures.pure, figures['r-tr'], figures['r-pure']]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
