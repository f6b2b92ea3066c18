import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../core/image/noise';
import { trainNgram } from './kneser-ney';
import { byteVocabulary, extendBy, type LmVocabulary, START, textCost } from './language-model';
import { countNgrams } from './ngram-counts';

const letters = (size: number): LmVocabulary => ({ size, bytes: (id) => Uint8Array.of(65 + id) });

/** A text in which a letter depends on the one before it. */
function text(seed: number, length: number, size: number): number[] {
  const next = mulberry32(seed);
  const found = [0];
  while (found.length < length) {
    const jump = next() % 8;
    found.push((found.at(-1)! + (jump < 5 ? 1 : jump)) % size);
  }
  return found;
}

/** The definition of Chen and Goodman (1998), by maps of strings and with no thought of speed. */
function byDefinition(texts: readonly number[][], size: number, order: number) {
  const padded = texts.map((ids) => [...new Array<number>(order - 1).fill(size), ...ids]);
  const counts: Map<string, Map<number, number>>[] = [];
  for (let length = order - 1; length >= 0; length--) {
    const grams = new Map<string, number>();
    for (const ids of padded) {
      for (let at = order - 1; at < ids.length; at++) {
        // One token more than a gram of this length, unless it is the longest: what stands in front of it.
        const reach = length === order - 1 ? length : length + 1;
        const key = ids.slice(at - reach, at + 1).join(' ');
        grams.set(key, (grams.get(key) ?? 0) + 1);
      }
    }
    const level = new Map<string, Map<number, number>>();
    for (const [key, count] of grams) {
      const tokens = key.split(' ').map(Number);
      const follower = tokens.at(-1)!;
      const context = tokens.slice(tokens.length - 1 - length, -1).join(' ');
      const followers = level.get(context) ?? new Map<number, number>();
      followers.set(follower, (followers.get(follower) ?? 0) + (length === order - 1 ? count : 1));
      level.set(context, followers);
    }
    counts[length] = level;
  }
  const discounts = counts.map((level) => {
    const all = [...level.values()].flatMap((followers) => [...followers.values()]);
    const n = [1, 2, 3, 4].map((wanted) => all.filter((count) => count === wanted).length);
    const [n1, n2, n3, n4] = n as [number, number, number, number];
    if (n.includes(0)) return [0.5, 1, 1.5];
    const y = n1 / (n1 + 2 * n2);
    const found = [1 - (2 * y * n2) / n1, 2 - (3 * y * n3) / n2, 3 - (4 * y * n4) / n3];
    return found.every((discount, i) => discount > 0 && discount <= i + 1) ? found : [0.5, 1, 1.5];
  });
  return (history: readonly number[], id: number): number => {
    const all = [...new Array<number>(order - 1).fill(size), ...history];
    let p = 1 / size;
    for (let length = 0; length < order; length++) {
      const followers = counts[length]!.get(all.slice(all.length - length).join(' '));
      if (!followers) break;
      const total = [...followers.values()].reduce((sum, count) => sum + count, 0);
      const taken = (count: number) => discounts[length]![Math.min(count, 3) - 1]!;
      const left = [...followers.values()].reduce((sum, count) => sum + taken(count), 0) / total;
      const count = followers.get(id);
      p = (count ? count - taken(count) : 0) / total + left * p;
    }
    return p;
  };
}

describe('an n-gram model', () => {
  it.each([
    [1, 5, [40]],
    [2, 5, [300, 20]],
    [3, 4, [900, 1, 300]],
    [5, 12, [3000]],
    [4, 3, [7]],
  ])('of order %i is that of the definition', async (order, size, lengths) => {
    const texts = lengths.map((length, i) => text(i + 1, length, size));
    const model = await trainNgram(texts, letters(size), { order });
    const expected = byDefinition(texts, size, order);
    for (const history of [
      [],
      [1],
      [2, 0],
      ...Array.from({ length: 30 }, (_, i) => text(100 + i, 1 + (i % 9), size)),
    ]) {
      const prefix = extendBy(START, history);
      const distribution = model.distribution(prefix);
      expect(distribution.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      for (let id = 0; id < size; id++) {
        expect(distribution[id]).toBeCloseTo(expected(history, id), 12);
        expect(model.probability(prefix, id)).toBeCloseTo(distribution[id]!, 14);
      }
    }
  });

  it('says the same in batches, token by token', async () => {
    const model = await trainNgram([text(1, 500, 6)], letters(6), { order: 3 });
    const prefix = extendBy(START, [1, 2]);
    const continuations = [[3, 4, 5], [], [0], [2, 2]].map((ids) => ({ prefix, ids }));
    const scores = await model.score(continuations);
    for (const [i, { ids }] of continuations.entries()) {
      for (const [at, id] of ids.entries()) {
        const [distribution] = await model.next([extendBy(prefix, ids.slice(0, at))]);
        expect(scores[i]![at]).toBeCloseTo(Math.log2(distribution![id]!), 12);
      }
    }
  });

  it('learns a language: more context, fewer bits', async () => {
    const source = text(7, 20_000, 8);
    const costs: number[] = [];
    for (const order of [1, 2, 3]) {
      const model = await trainNgram([source], letters(8), { order });
      costs.push((await textCost(model, text(8, 5000, 8))).bitsPerByte);
    }
    // The source: a jump of one with probability 5/8, of 5, 6 and 7 with 1/8 each.
    const entropy = -(5 / 8) * Math.log2(5 / 8) - 3 * (1 / 8) * Math.log2(1 / 8);
    expect(costs[0]).toBeGreaterThan(2.9);
    expect(costs[1]).toBeCloseTo(entropy, 1);
    expect(costs[2]).toBeLessThan(costs[1]! + 0.02);
  });

  it('of no text gives every token the same', async () => {
    const model = await trainNgram([], byteVocabulary, { order: 4 });
    expect(model.distribution(extendBy(START, [65, 66]))[7]).toBe(1 / 256);
  });

  it('counts in steps whose shares never fall', () => {
    const shares = [...countNgrams([text(1, 60_000, 50)], 50, 6)];
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('can be ended while it learns', async () => {
    const stop = new AbortController();
    const training = trainNgram([text(1, 300_000, 50)], letters(50), { order: 5, signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(training).rejects.toMatchObject({ code: 'aborted' });
  });
});
