import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { createNodeRuntime } from '../ort/node';
import { extend, extendBy, START, textCost } from './language-model';
import { readLmFolder } from './lm-folder';
import { goldenDifference, type OpenModel, openLanguageModel } from './open-model';
import { ByteReader } from './read-bytes';
import { ALTERNATIVES, beginReading, likeliest, readOn } from './read-tokens';

const runtime = createNodeRuntime(1);
const open = async (id: string) => openLanguageModel(await readLmFolder(`public/lm/${id}`), runtime);

const prose = readFileSync('README.md', 'utf8');

describe('a small network over bytes', () => {
  let draft: OpenModel;
  beforeAll(async () => {
    draft = await open('lm-draft');
  });

  it('gives every token the same probability by next, by score and by reading, also behind its context', async () => {
    const bytes = encodeUtf8(prose).subarray(0, 1300);
    const { bits, bitsPerByte } = await textCost(draft.model, bytes);
    expect(bits).toHaveLength(1300);
    expect(bitsPerByte).toBeGreaterThan(0.5);
    expect(bitsPerByte).toBeLessThan(8);
    let prefix = START;
    let off = 0;
    for (const [i, byte] of bytes.entries()) {
      // Ends of windows, and some places between.
      if ([0, 1, 2, 100, 510, 511, 512, 513, 767, 768, 769, 1299].includes(i)) {
        const [chances] = await draft.model.next([prefix]);
        expect(chances!.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
        off = Math.max(off, Math.abs(-Math.log2(chances![byte]!) - bits[i]!));
      }
      prefix = extend(prefix, byte);
    }
    expect(off).toBeLessThan(1e-3);

    let reading = beginReading(draft.encode(decodeUtf8(bytes)));
    const ends: number[] = [];
    while (reading.count < reading.ids.length) {
      reading = await readOn(draft, reading);
      ends.push(reading.count);
    }
    expect(ends.slice(0, 3)).toEqual([512, 768, 1024]);
    for (let i = 0; i < 1200; i++) expect(reading.bits[i]).toBeCloseTo(bits[i]!, 3);
    // The alternatives are the likeliest, and the own token is where its rank says.
    for (let i = 0; i < 300; i++) {
      const best = reading.best.subarray(i * ALTERNATIVES, (i + 1) * ALTERNATIVES);
      const chances = Array.from(reading.chances.subarray(i * ALTERNATIVES, (i + 1) * ALTERNATIVES));
      expect(chances).toEqual(chances.toSorted((a, b) => b - a));
      if (reading.ranks[i]! < ALTERNATIVES) expect(best[reading.ranks[i]!]).toBe(reading.ids[i]);
    }
    // What begins alike is not read again.
    const edited = beginReading(draft.encode(`${decodeUtf8(bytes).slice(0, 600)}!`), reading);
    expect(edited.count).toBeGreaterThanOrEqual(600);
  });

  it('computes prefixes together as one by one, whichever objects they are', async () => {
    const ids = encodeUtf8('It was the best of times');
    const prefixes = [3, 7, 24, 7, 0].map((length) => extendBy(START, ids.subarray(0, length)));
    const branches = [...'stx'].map((letter) => extend(prefixes[2]!, letter.charCodeAt(0)));
    const together = await draft.model.next([...prefixes, ...branches]);
    const fresh = await open('lm-draft');
    for (const [i, prefix] of [...prefixes, ...branches].entries()) {
      const [alone] = await fresh.model.next([prefix]);
      for (let id = 0; id < 256; id++) expect(together[i]![id]).toBeCloseTo(alone![id]!, 4);
    }
    await fresh.model.release();
  });

  it('scores continuations of different lengths together', async () => {
    const prefix = extendBy(START, encodeUtf8('Once upon a '));
    const texts = ['time', 'time there was a king', ' '].map((text) => encodeUtf8(text));
    const together = await draft.model.score(texts.map((ids) => ({ prefix, ids })));
    for (const [i, ids] of texts.entries()) {
      const [alone] = await draft.model.score([{ prefix, ids }]);
      for (const [at, log] of alone!.entries()) expect(together[i]![at]).toBeCloseTo(log, 3);
    }
    expect(await draft.model.score([{ prefix, ids: [] }])).toEqual([new Float64Array(0)]);
  });

  it('remembers within a bound', async () => {
    const files = await readLmFolder('public/lm/lm-draft');
    const { model } = await openLanguageModel(files, runtime);
    const text = encodeUtf8(prose).subarray(0, 200);
    for (let i = 1; i < 200; i += 9) await model.next([extendBy(START, text.subarray(0, i))]);
    expect(model.keptBytes).toBeGreaterThan(0);
    expect(model.keptBytes).toBeLessThan(64e6);
    await model.release();
  });

  it('stops with a signal', async () => {
    const stopped = draft.model.next([START], AbortSignal.abort());
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    await expect(textCost(draft.model, [1, 2], AbortSignal.abort())).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  it('reads bytes as its tokens, and goes on where it stopped', async () => {
    const bytes = encodeUtf8('The king said: “no”.');
    const reader = new ByteReader(draft.exact);
    await reader.read(bytes.subarray(0, 8), () => {});
    let calls = 0;
    const reading = await reader.read(bytes, () => calls++);
    expect(calls).toBe(bytes.length - 8);
    const { bits } = await textCost(draft.model, bytes);
    for (const [i, bit] of bits.entries()) expect(reading.bits[i]).toBeCloseTo(bit, 3);
  });
});

it('is refused where it computes something else than in training', async () => {
  const files = await readLmFolder('public/lm/lm-draft-early');
  const [first, ...others] = files.golden.cases;
  const golden = { cases: [{ ...first!, logProbs: first!.logProbs.map((log) => log - 0.1) }, ...others] };
  await expect(openLanguageModel({ ...files, golden }, runtime)).rejects.toMatchObject({
    code: 'model-corrupt',
    message: expect.stringContaining('does not work here'),
  });
  const { model } = await openLanguageModel(files, runtime);
  expect(await goldenDifference(model, files.golden, undefined, 'all')).toBeLessThan(1e-3);
  await model.release();
});

it('finds the largest of many values, the largest first', () => {
  const into = new Uint16Array(3);
  likeliest([1, 5, 2, 9, 5, 0], into);
  expect(Array.from(into)).toEqual([3, 1, 4]);
});
