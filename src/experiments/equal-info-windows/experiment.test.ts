import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../core/image/noise';
import { encodeUtf8 } from '../../core/text/utf8';
import { costOf, quantised } from '../../engine/lm/arithmetic-coder';
import { extend, type Prefix, START } from '../../engine/lm/language-model';
import { alice } from '../alice';
import { readState } from '../experiment';
import { runOn } from '../testing/run';
import { trainByteModel } from './byte-model';
import { codeWhole, codeWindows, unigramEntropy } from './coding';
import { type Flip, flips } from './damage';
import { experiment } from './experiment';
import { type Predictor, readWhole, readWindow, windowsOf } from './windows';

/** Every window on its own, in reverse order, so that none can know of another. */
async function readAll(
  bits: ArrayLike<number>,
  size: number,
  ends: Uint32Array,
  predict: Predictor,
): Promise<number[]> {
  const texts: number[][] = [];
  for (let i = ends.length - 1; i >= 0; i--) {
    const most = i === ends.length - 1 ? ends[i]! - (ends[i - 1] ?? 0) : undefined;
    texts[i] = await readWindow(bits, i * size, size, predict, most);
  }
  return texts.flat();
}

const random = (seed: number, length: number, below = 256) => {
  const next = mulberry32(seed);
  return Uint8Array.from({ length }, () => next() % below);
};

const learned = alice.load().then((text) => trainByteModel(encodeUtf8(text).subarray(0, 60_000), {}));

const nasty: readonly (readonly [string, Uint8Array])[] = [
  ['nothing', new Uint8Array()],
  ['one byte', Uint8Array.of(255)],
  [
    'English',
    encodeUtf8('Alice was beginning to get very tired of sitting by her sister on the bank. '.repeat(12)),
  ],
  ['emoji', encodeUtf8('👩‍🚀🏳️‍🌈é́́ and 東京 👍🏽'.repeat(10))],
  ['bytes that M1 never saw', random(5, 600)],
  ['few of those', Uint8Array.from({ length: 500 }, (_, i) => (i % 7 === 0 ? 0 : 255))],
  ['the same byte', new Uint8Array(2000).fill(101)],
];

describe('equal-info windows', () => {
  it.each(nasty)('are read as they were written, each alone: %s', async (_, bytes) => {
    const predict = await learned;
    for (const size of [14, 15, 16, 32, 64, 128]) {
      const { bits, ends, used } = await codeWindows(bytes, size, predict);
      expect(bits).toHaveLength(ends.length * size);
      expect(Math.max(0, ...used)).toBeLessThanOrEqual(size);
      expect(await readAll(bits, size, ends, predict)).toEqual([...bytes]);
    }
    const { bits } = await codeWhole(bytes, predict);
    expect(await readWhole(bits, bytes.length, predict)).toEqual([...bytes]);
  });

  it('are read as they were written by any model, and each takes all that fits', async () => {
    const counts = { padded: 0, other: 0, shorter: 0 };
    for (let seed = 1; seed <= 12; seed++) {
      // From even to nearly certain; what is likely depends on the byte before, and all else is rare.
      const weights = Float64Array.from(random(seed, 8 * 8), (value) => ((value + 1) / 256) ** seed);
      const rows = Array.from({ length: 8 }, (_, row) => {
        const own = weights.subarray(8 * row, 8 * row + 8);
        const sum = own.reduce((all, weight) => all + weight, 0);
        return quantised(own.map((weight) => weight / sum));
      });
      const predict = (prefix: Prefix) => rows[prefix.before ? prefix.id : 0]!;
      const bytes = random(seed + 50, 800, 8);
      for (const size of [14, 16, 23, 40]) {
        const coded = await codeWindows(bytes, size, predict);
        expect(await readAll(coded.bits, size, coded.ends, predict)).toEqual([...bytes]);
        for (const kind of ['padded', 'other', 'shorter'] as const) counts[kind] += coded.endings[kind];
        let from = 0;
        let short = 0;
        for (const end of coded.ends.subarray(0, -1)) {
          let prefix: Prefix = START;
          let cost = 0;
          for (const byte of bytes.subarray(from, end + 1)) {
            cost += costOf(predict(prefix), byte);
            prefix = extend(prefix, byte);
          }
          // A text takes at most two bits more than it costs.
          if (cost < size - 2) short++;
          from = end;
        }
        expect(short).toBeLessThanOrEqual(coded.endings.shorter);
      }
    }
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(50);
  });

  it('hold what probabilities of powers of two say', async () => {
    // a = 0, b = 10, c = 11. By hand: "abcabcabca" has 16 bits. "bcabcabca" has 15, and a "b" does not fit: with a zero
    // behind it would be read on as "a", with a one it is not yet decided. The last five have 9 bits.
    const abc = Uint16Array.of(0, 8192, 12288, 16384);
    const text = Uint8Array.from({ length: 24 }, (_, i) => i % 3);
    const { bits, ends, used, endings } = await codeWindows(text, 16, () => abc);
    expect([...ends]).toEqual([10, 19, 24]);
    const written = ['0101101011010110', '101101011010110' + '1', '101101011' + '0000000'];
    expect(bits.join('')).toBe(written.join(''));
    expect([...used]).toEqual([16, 16, 9]);
    expect(endings).toEqual({ padded: 2, other: 1, shorter: 0 });
  });

  it('take all that exact fractions allow', async () => {
    // An oracle by the definition, in fractions of any precision: a text fits where a cell of 16 bits lies in its interval.
    const predict = await learned;
    const text = encodeUtf8((await alice.load()).slice(80_000, 82_000));
    let from = 0;
    for await (const { length, ending } of windowsOf(text, 16, predict)) {
      let [low, width, parts, fit]: [bigint, bigint, bigint, number] = [0n, 1n, 0n, 0];
      let prefix: Prefix = START;
      for (const byte of text.subarray(from)) {
        const distribution = await predict(prefix);
        const [begin, end] = [BigInt(distribution[byte]!), BigInt(distribution[byte + 1]!)];
        low = (low << 14n) + width * begin;
        width *= end - begin;
        parts += 14n;
        const unit = 1n << (parts > 16n ? parts - 16n : 0n);
        const first = ((low + unit - 1n) / unit) * unit;
        if (first + unit > low + width) break;
        fit++;
        prefix = extend(prefix, byte);
      }
      if (ending === 'shorter') expect(length).toBeLessThan(fit);
      else expect(length).toBe(fit);
      from += length;
    }
  });

  it('are the same everywhere: the bits of a text by an M1 that learned from another', async () => {
    // What this machine computed first; every engine must.
    const predict = await learned;
    const text = encodeUtf8((await alice.load()).slice(70_000, 74_000));
    const hash = (bits: Uint8Array) => createHash('sha256').update(bits).digest('hex').slice(0, 16);
    expect(hash((await codeWindows(text, 16, predict)).bits)).toBe('77b6d9084d6a9e32');
    expect(hash((await codeWindows(text, 64, predict)).bits)).toBe('e2a4d486ea84292b');
    expect(hash((await codeWhole(text, predict)).bits)).toBe('0b45eabca6c01877');
  });
});

describe('one flipped bit', () => {
  it('damages its window and nothing else; without windows, what follows', async () => {
    const predict = await learned;
    const text = encodeUtf8((await alice.load()).slice(70_000, 71_200));
    for (const size of [16, 128]) {
      const coded = await codeWindows(text, size, predict);
      for await (const { bit, from, to } of flips(text, coded, predict)) {
        const window = Math.floor(bit / size);
        const begin = coded.ends[window - 1] ?? 0;
        expect(from).toBeGreaterThanOrEqual(begin);
        expect(to).toBe(coded.ends[window]);
        if (bit % 3 !== 0) continue;
        // The same bits as a whole stream: only this window is read otherwise.
        const stream = coded.bits.slice();
        stream[bit]! ^= 1;
        const read = await readAll(stream, size, coded.ends, predict);
        expect(read.slice(0, from)).toEqual([...text.subarray(0, from)]);
        expect(read.slice(read.length - (text.length - to))).toEqual([...text.subarray(to)]);
      }
    }
    const plain = await codeWhole(text, predict);
    const all: Flip[] = [];
    for await (const flip of flips(text, plain, predict)) all.push(flip);
    expect(all).toHaveLength(40);
    for (const { from, to, text: read } of all) {
      expect(to).toBe(1000);
      const wrong = read.filter((byte, i) => byte !== text[from + i]).length;
      if (to - from > 50) expect(wrong).toBeGreaterThan(0.6 * (to - from));
    }
  });
});

it('finds something to learn in windows of 16 bits, and nothing in plain arithmetic coding', async () => {
  // The paper's result, with counts in place of a transformer.
  const { result, figures } = await runOn(experiment, (await alice.load()).slice(0, 70_000));
  const saved = result.m2.map((learned) => 1 - learned[256]!.m2 / learned[256]!.uniform);
  expect(saved[0]).toBeGreaterThan(0.05);
  expect(saved[0]).toBe(Math.max(...saved));
  expect(Math.abs(saved[4]!)).toBeLessThan(0.01);
  // More bits a window, fewer windows begin anew, more text in a token: 2.66, 3.49, 4.16, 4.61, 5.49 in the paper.
  const ratios = ['ratio-16', 'ratio-32', 'ratio-64', 'ratio-128', 'ratio-ac'].map((id) => figures[id]!);
  expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
  expect(ratios[4]).toBeCloseTo(8 / figures.m1!, 2);
});

it('knows how much frequencies save', () => {
  expect(unigramEntropy(new Uint8Array(8 * 2559))).toBeUndefined();
  // Two tokens, equally frequent: one bit, and what Miller adds for few of them.
  const two = Uint8Array.from({ length: 8 * 4000 }, (_, i) => (i % 16 < 8 ? 0 : 1));
  expect(unigramEntropy(two)).toBeCloseTo(1 + 1 / (8000 * Math.LN2), 10);
  // Even ones: close to 8, where the plain estimate is 0.05 lower.
  expect(unigramEntropy(random(1, 8 * 4000, 2))).toBeCloseTo(8, 2);
});

it('has the book as M1 for a short text', async () => {
  const { result, figures } = await runOn(experiment, 'The quick brown fox jumps over the lazy dog 👍.');
  expect(result).toMatchObject({ learn: 'book', hasRead: false, bytes: 49 });
  expect(figures.ratio).toBeGreaterThan(1);
  expect(figures['gain-16']).toBeUndefined();
});

it('says where M1 has read the text, and counts tokens of 16 bits', async () => {
  const text = (await alice.load()).slice(1000, 3000);
  const { result, figures } = await runOn(experiment, text, { v: 65536, b: 0, flip: 0 });
  expect(result.hasRead).toBe(true);
  expect(figures.ratio).toBeCloseTo(2 * figures['ratio-ac']!, 1);
  expect(figures).toMatchObject({ damage: 0, 'damage-ac': 0, ambiguous: 0 });
});

it('has no figures for no text, and refuses what it does not know', async () => {
  const { figures } = await runOn(experiment, '');
  expect(figures).toMatchObject({ ratio: undefined, m1: undefined, 'gain-16': undefined, damage: undefined });
  expect(() => readState(experiment, { b: 17 })).toThrow(/^b is not usable/);
  expect(() => readState(experiment, { flip: 41 })).toThrow(/^flip is not usable/);
});
