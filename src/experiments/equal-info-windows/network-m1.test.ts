import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { alice } from '../alice';
import { testContext } from '../testing/run';
import { type Coded, codeWhole, codeWindows } from './coding';
import { networkPredictor } from './network-m1';
import { readBack } from './read-back';
import { readWhole, readWindow } from './windows';

const load = async () => (await testContext().languageModel('lm-draft')).model;
const goes = async () => undefined;

describe('a network as M1', () => {
  it('writes bits that it reads again when asked anew, in any order, also behind its context', async () => {
    const model = await load();
    const bytes = encodeUtf8((await alice.load()).slice(80_000, 80_300));
    const predict = networkPredictor(model, undefined);
    const windows = await codeWindows(bytes, 32, predict);
    const whole = await codeWhole(bytes, predict);
    // Far fewer bits than n-grams of the book take: 2.4 a byte.
    expect(whole.bits.length / bytes.length).toBeLessThan(2.4);
    const anew = networkPredictor(model, undefined);
    // The last window first: nothing of what stands before it is known.
    for (let i = windows.ends.length - 2; i >= 0; i -= 7) {
      const [from, to] = [windows.ends[i - 1] ?? 0, windows.ends[i]!];
      expect(await readWindow(windows.bits, 32 * i, 32, anew)).toEqual([...bytes.subarray(from, to)]);
    }
    expect(await readWhole(whole.bits, bytes.length, anew)).toEqual([...bytes]);
    const all: readonly Coded[] = [windows, whole];
    const read = await readBack(bytes, all, networkPredictor(model, undefined), goes);
    expect(read.right).toBe(read.bytes);
    expect(read.bytes).toBeGreaterThanOrEqual(2 * 300);
    // A wrong bit is found.
    const wrong = whole.bits.slice();
    wrong[40]! ^= 1;
    const spoilt = await readBack(bytes, [{ ...whole, bits: wrong }], predict, goes);
    expect(spoilt.right).toBeLessThan(0.5 * spoilt.bytes);
  }, 60_000);
});
