import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { readState } from '../experiment';
import { runOn } from '../testing/run';
import { alignedCuts } from './alignment';
import { corpusOf } from './corpus';
import { experiment, hardShare } from './experiment';
import { crossings, hardFrom, learnPieces, type Merges, NEVER, wordCrossings } from './pieces';
import { cutsByFrequency, hyphenLessons, Splitter } from './splitter';

function finished<T>(steps: Generator<number, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

it('finds the parts of a compound in the word', () => {
  const cut = (word: string, ...parts: string[]) => {
    const cuts = alignedCuts(word, parts);
    return [0, ...cuts].map((from, i) => word.slice(from, cuts[i])).join('|');
  };
  expect(cut('Wortschatz', 'wort', 'schatz')).toBe('Wort|schatz');
  // A linking s and er, a lost ending, another ending, three parts.
  expect(cut('Anpassungsleistung', 'anpassung', 'leistung')).toBe('Anpassungs|leistung');
  expect(cut('Kinderbuchladen', 'kind', 'buchladen')).toBe('Kinder|buchladen');
  expect(cut('Reitsattel', 'reiten', 'sattel')).toBe('Reit|sattel');
  expect(cut('billedkomposition', 'billede', 'komposition')).toBe('billed|komposition');
  expect(cut('Dreizimmerwohnung', 'drei', 'Zimmer', 'Wohnung')).toBe('Drei|zimmer|wohnung');
  expect(alignedCuts('ab', ['ab', 'x'])).toEqual([]);
});

it('takes hyphens as lessons where they are common enough', () => {
  // exp(-6) is 1/403: at 404 to one the word without a hyphen has won.
  const counts = {
    'co-op': 1,
    coop: 403,
    'rain-bow': 1,
    rainbow: 404,
    'e-mail': 9,
    email: 1,
    tree: 50,
    wood: 60,
    oak: 70,
  };
  const { compounds, others } = hyphenLessons(new Map(Object.entries(counts)));
  expect(compounds).toEqual([{ word: 'coop', cuts: [2] }]);
  expect(others).toEqual([{ word: 'wood', cuts: [] }]);
  const twice = hyphenLessons(
    new Map([
      ['Ab-cdef', 1],
      ['abcd-ef', 2],
      ['a-b-c', 3],
    ]),
  );
  expect(twice.compounds).toEqual([{ word: 'abcdef', cuts: [4] }]);
});

it('divides by what it was shown, and not what it was shown whole', () => {
  const splitter = new Splitter(new Set());
  const lessons = ['haus|tür', 'haus|dach', 'garten|haus', 'garten|tür', 'dach|garten', 'wand|uhr'].map(
    (marked) => ({
      word: marked.replace('|', ''),
      cuts: [marked.indexOf('|')],
    }),
  );
  const whole = ['lesen', 'singen', 'wandern', 'hausen'].map((word) => ({ word, cuts: [] }));
  finished(splitter.learn([...lessons, ...whole], 1));
  for (const { word, cuts } of [...lessons, ...whole]) expect(splitter.cuts(word)).toEqual(cuts);
  expect(splitter.cuts('Dachhaus')).toEqual([4]);
  expect(new Splitter(new Set()).cuts('Wortschatz')).toEqual([]);
  const counts = new Map([
    ['arbeit', 9],
    ['tag', 4],
    ['arbeitstag', 1],
    ['tage', 1],
  ]);
  expect(cutsByFrequency('Arbeitstag', counts)).toEqual([7]);
  expect(cutsByFrequency('Tage', counts)).toEqual([]);
});

it('knows for every number of merges where tokens end', () => {
  const words = ['arbeit', 'arbeitszeit', 'zeit', 'zeitung', 'tür', 'haustür', 'aaaa', 'aaaaa'];
  const merges = finished(learnPieces(words.map((word) => ({ pieces: [word], count: 3 }))));
  for (const word of [...words, 'zeitarbeit', 'aaaaaaa', 'unbekannt']) {
    const bytes = encodeUtf8(` ${word}`);
    const ranks = crossings(bytes, merges);
    for (let m = 0; m <= merges.size; m++) {
      const cuts = [...ranks.keys()].filter((i) => ranks[i]! >= m).map((i) => i + 1);
      expect(cuts).toEqual(playedCuts(bytes, merges, m));
    }
  }
  // Split words: a boundary that was cut is never crossed, whatever is learned.
  const ranks = wordCrossings('haustür', [4], merges);
  expect(ranks[3]).toBe(NEVER);
  expect(hardFrom('haustür', [4], ranks)).toBe(NEVER);
  expect(hardFrom('haustür', [4], wordCrossings('haustür', [], merges))).toBeLessThan(merges.size);
});

/** The first m merges one after another, each from the left, as they were learned. */
function playedCuts(bytes: Uint8Array, { rankOf, symbolOfByte }: Merges, m: number): number[] {
  const byRank = [...rankOf].sort((a, b) => a[1][0] - b[1][0]);
  let tokens = [...bytes].map((byte, at) => ({ symbol: symbolOfByte[byte]!, at }));
  for (const [key, [rank, merged]] of byRank) {
    if (rank >= m) break;
    const next: typeof tokens = [];
    for (let i = 0; i < tokens.length; i++) {
      const both = i + 1 < tokens.length && tokens[i]!.symbol * 0x10_0000 + tokens[i + 1]!.symbol === key;
      next.push(both ? { symbol: merged, at: tokens[i]!.at } : tokens[i]!);
      if (both) i++;
    }
    tokens = next;
  }
  return tokens.slice(1).map(({ at }) => at);
}

it('reads marked words, known ones, and hyphens of the text', () => {
  const data = { compounds: [{ word: 'Haustür', parts: ['haus', 'tür'] }], counts: new Map([['haus', 2]]) };
  const corpus = corpusOf(data, 'Wort|schatz, haustu\u0308r haus Vor-ort vorort kurz Wortschatz');
  expect(corpus.own).toEqual([
    { word: 'Wortschatz', gold: [4] },
    { word: 'haustür', gold: [4] },
    { word: 'vorort', gold: undefined },
  ]);
  expect(corpus.counts.get('haus')).toBe(3);
  expect(hyphenLessons(corpus.counts).compounds).toEqual([{ word: 'vorort', cuts: [3] }]);
});

it('makes fewer compounds hard when words are split, and divides more of them than counts do', async () => {
  const { result, figures } = await runOn(experiment, 'Wort|schatz kurz', { language: 'nl', merges: 4000 });
  expect(figures['hard-trained']!).toBeLessThan(figures['hard-plain']!);
  expect(figures['hard-split']!).toBeLessThan(figures['hard-trained']!);
  expect(figures['accuracy-1']!).toBeGreaterThan(figures['accuracy-frequency']!);
  expect(figures['accuracy-2']!).toBeGreaterThan(figures['accuracy-1']!);
  expect(figures['gain']).toBe(figures['accuracy-1']! - figures['accuracy-frequency']!);
  expect(result.own.map(({ word }) => word)).toEqual(['Wortschatz']);
  // No token, no crossing; each merge can only make more compounds hard.
  for (const each of Object.values(result.hard)) {
    expect(each).toHaveLength(400);
    expect(hardShare(each, 0)).toBe(0);
    expect([...each]).toEqual([...each].sort((a, b) => a - b));
  }
});

it('goes without words of the visitor, and refuses what it does not know', async () => {
  const { figures } = await runOn(experiment, '', { language: 'da', stage: 'hyphens' });
  expect(figures['own-hard']).toBeUndefined();
  expect(figures['hard-plain']).toBeGreaterThan(0);
  expect(() => readState(experiment, { language: 'tr' })).toThrow(/^language is not usable/);
  expect(() => readState(experiment, { merges: 4001 })).toThrow(/^merges is not usable/);
});
