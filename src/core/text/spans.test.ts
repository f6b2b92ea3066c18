import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterWalker } from './graphemes';
import { TextSpans } from './spans';
import { encodeUtf8 } from './utf8';

const HARD = [
  'e\u0301',
  '👩‍👩‍👧‍👦',
  '🇩🇪',
  '🇹',
  '\r',
  '\n',
  '\r\n',
  'क्षि',
  'กำ',
  '각',
  'ᄀ',
  'ᅡ',
  'ᆨ',
  '각',
  '\u0600',
  'ൎ',
  '\u200d',
  '\ufe0f',
].concat([
  '©',
  '❤️',
  '1️⃣',
  '👍🏽',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '\u{110bd}',
  '\ud800',
  '\udc00',
  '漢',
  '字',
  'か\u3099',
  'ﾊﾞ',
  'م\u064b',
  'a',
  ' ',
  'é',
  'я',
  '\u0085',
  '\0',
]);
const texts = fc.oneof(
  fc.array(fc.constantFrom(...HARD), { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

function clusterEnds(text: string): number[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ index, segment }) => index + segment.length);
}

function walkedEnds(text: string): number[] {
  const walker = new ClusterWalker(text);
  const ends: number[] = [];
  while (walker.at < text.length) ends.push(walker.next());
  return ends;
}

/** The same by counting everything from the start. */
function naive(original: string, start: number, end: number) {
  const text = original.toWellFormed();
  const units: number[] = [];
  const points: number[] = [];
  let unit = 0;
  Array.from(text).forEach((character, point) => {
    for (const _ of encodeUtf8(character)) {
      units.push(unit);
      points.push(point);
    }
    unit += character.length;
  });
  units.push(unit);
  points.push(Array.from(text).length);
  const inside = (byte: number) => byte > 0 && byte < units.length - 1 && units[byte] === units[byte - 1];
  const size = (byte: number) => (text.codePointAt(units[byte]!)! > 0xffff ? 2 : 1);
  const widened = end > start && inside(end);
  const unitSpan = { start: units[start]!, end: widened ? units[end]! + size(end) : units[end]! };
  const ends = clusterEnds(text);
  const clusterAt = (at: number) => ends.filter((clusterEnd) => clusterEnd <= at).length;
  const isEmpty = unitSpan.start === unitSpan.end;
  const first = clusterAt(unitSpan.start);
  const last = isEmpty ? first : clusterAt(unitSpan.end - 1) + 1;
  const clusters = { start: ends[first - 1] ?? 0, end: ends[last - 1] ?? 0 };
  const isBoundary = (at: number) => at === 0 || ends.includes(at);
  const splitsCluster = !isBoundary(unitSpan.start) || !isBoundary(unitSpan.end);
  return {
    bytes: { start, end },
    units: unitSpan,
    points: { start: points[start]!, end: widened ? points[end]! + 1 : points[end]! },
    graphemes: { start: first, end: last },
    clusters,
    splits: inside(start) || inside(end) ? 'character' : splitsCluster ? 'grapheme' : undefined,
  };
}

describe('grapheme clusters', () => {
  it('are those of Intl.Segmenter', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(walkedEnds(text.toWellFormed())).toEqual(clusterEnds(text.toWellFormed()));
      }),
      { numRuns: 800 },
    );
  });

  it('are those of Intl.Segmenter for every character beside hard ones', () => {
    for (
      let point = 0;
      point < 0x110000;
      point += point < 0x3100 || (point > 0xf000 && point < 0x12000) ? 1 : 389
    ) {
      if (point >= 0xd800 && point < 0xe000) continue;
      const character = String.fromCodePoint(point);
      const text = `a${character}a${character}©\u0600${character}漢\u200d${character}\u0301${character}`;
      if (walkedEnds(text).join() !== clusterEnds(text).join()) {
        expect.fail(`U+${point.toString(16)}: ${walkedEnds(text)} instead of ${clusterEnds(text)}`);
      }
    }
  });

  it('may be longer than any window, and many', () => {
    for (const text of [
      `a${'\u0301'.repeat(3000)}b`,
      '🇩🇪'.repeat(1000),
      'ᄀ'.repeat(2000),
      '👩‍👩‍👧‍👦'.repeat(300),
      'कि'.repeat(900),
    ]) {
      expect(walkedEnds(text)).toEqual(clusterEnds(text));
    }
  });

  it('take time that grows with the text, not with its square', () => {
    const text = 'नमस्ते दुनिया 👩‍👩‍👧 é, '.repeat(12_000);
    const started = performance.now();
    expect(walkedEnds(text).length).toBeGreaterThan(100_000);
    // By Intl.Segmenter alone this takes minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('spans', () => {
  it('agree with counting from the start, for any bytes of any text', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (text, a, b) => {
        const { length } = encodeUtf8(text);
        const start = Math.min(a % (length + 1), b % (length + 1));
        const end = Math.max(a % (length + 1), b % (length + 1));
        expect(new TextSpans(text).of(start, end)).toEqual(naive(text, start, end));
      }),
      { numRuns: 800 },
    );
  });

  it('are the same whether clusters were counted before or not, far into a text', () => {
    const text = `${'नमस्ते दुनिया 👩‍👩‍👧 e\u0301\ud800, '.repeat(250)}x`;
    const { length } = encodeUtf8(text);
    const counted = new TextSpans(text);
    while (counted.advance(1000) < 1);
    for (const start of [0, 1, 4095, 4096, 4097, 9999, length - 1, length]) {
      const end = Math.min(length, start + 7);
      expect(new TextSpans(text).of(start, end)).toEqual(counted.of(start, end));
      expect(counted.of(start, end)).toEqual(naive(text, start, end));
    }
  });

  it('say what a token divides', () => {
    const spans = new TextSpans('a👩‍👧e\u0301');
    expect(spans.of(1, 3)).toMatchObject({ splits: 'character', units: { start: 1, end: 3 } });
    expect(spans.of(1, 5)).toMatchObject({ splits: 'grapheme', graphemes: { start: 1, end: 2 } });
    expect(spans.of(1, 12)).toMatchObject({ splits: undefined, clusters: { start: 1, end: 6 } });
    expect(spans.of(13, 15)).toMatchObject({ splits: 'grapheme', points: { start: 5, end: 6 } });
  });
});
