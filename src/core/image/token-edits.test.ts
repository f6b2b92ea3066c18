import { describe, expect, it } from 'vitest';
import { changedAt, choose, mix, perturb, randomTail, shuffleTail, splice, withId } from './token-edits';

const row = Uint32Array.from({ length: 100 }, (_, i) => (i * 7919) % 65536);
const other = Uint32Array.from({ length: 100 }, (_, i) => 65535 - i);
const sorted = (ids: Uint32Array) => [...ids].sort((a, b) => a - b);

describe('edits of a row of tokens', () => {
  it('leave the row itself alone', () => {
    const before = [...row];
    withId(row, 3, 1);
    splice(row, other, 4);
    shuffleTail(row, 4, 1);
    randomTail(row, 4, 256, 1);
    mix(row, other, 0.5, 1);
    expect([...row]).toEqual(before);
  });

  it('set one id', () => {
    expect(changedAt(row, withId(row, 42, 7))).toEqual([42]);
    expect(withId(row, 42, 7)[42]).toBe(7);
  });

  it.each([0, 1, 37, 100])('splice takes %i tokens of one row and the rest of the other', (k) => {
    const out = splice(row, other, k);
    expect([...out.subarray(0, k)]).toEqual([...row.subarray(0, k)]);
    expect([...out.subarray(k)]).toEqual([...other.subarray(k)]);
  });

  it.each([0, 12, 99, 100])('shuffling after %i keeps the head, and the tokens of the tail', (k) => {
    const out = shuffleTail(row, k, 5);
    expect([...out.subarray(0, k)]).toEqual([...row.subarray(0, k)]);
    expect(sorted(out)).toEqual(sorted(row));
    expect(changedAt(out, row).length > 0).toBe(k < 99);
  });

  it('shuffles evenly: every token comes to every place about as often', () => {
    const short = Uint32Array.of(0, 1, 2, 3);
    const counts = new Uint32Array(16);
    for (let seed = 0; seed < 4000; seed++) {
      shuffleTail(short, 0, seed).forEach((id, at) => {
        counts[id * 4 + at]!++;
      });
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('a random tail keeps the head and stays in the codebook', () => {
    const out = randomTail(row, 10, 300, 3);
    expect([...out.subarray(0, 10)]).toEqual([...row.subarray(0, 10)]);
    expect(Math.max(...out.subarray(10))).toBeLessThan(300);
    expect(new Set(out.subarray(10)).size).toBeGreaterThan(50);
  });

  it.each([0, 0.25, 0.333, 1])('a share of %f is that many tokens', (share) => {
    const count = Math.round(100 * share);
    expect(choose(100, share, 1)).toHaveLength(count);
    expect(new Set(choose(100, share, 1)).size).toBe(count);
    const mixed = mix(row, other, share, 9);
    expect(changedAt(mixed, row)).toHaveLength(count);
    expect(changedAt(mixed, other)).toHaveLength(100 - count);
  });

  it.each([0, 0.1, 0.5, 1])('perturb exactly a share of %f, to near codes', (share) => {
    const run = (seed: number) => {
      const steps = perturb(row, share, seed, (_, id) => [id + 1, id + 2]);
      const shares: number[] = [];
      for (;;) {
        const step = steps.next();
        if (step.done) return { out: step.value, shares };
        shares.push(step.value);
      }
    };
    const { out, shares } = run(4);
    const changed = changedAt(out, row);
    expect(changed).toHaveLength(100 * share);
    for (const at of changed) expect([1, 2]).toContain(out[at]! - row[at]!);
    if (share > 0) expect(shares.at(-1)).toBe(1);
    expect(run(4).out).toEqual(out);
  });

  it('perturb leaves a token alone that has no near codes', () => {
    const steps = perturb(row, 1, 1, () => []);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value).toEqual(row);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(shuffleTail(row, 4, 8)).toEqual(shuffleTail(row, 4, 8));
    expect(shuffleTail(row, 4, 8)).not.toEqual(shuffleTail(row, 4, 9));
    expect(randomTail(row, 4, 256, 8)).toEqual(randomTail(row, 4, 256, 8));
    expect(randomTail(row, 4, 256, 8)).not.toEqual(randomTail(row, 4, 256, 9));
    expect(choose(100, 0.3, 8)).not.toEqual(choose(100, 0.3, 9));
  });
});
