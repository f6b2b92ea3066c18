import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';

const FOLDER = 'public/lm';

interface Named {
  path: string;
  bytes: number;
  sha256: string;
}

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

function numbers(result: InferenceSession.OnnxValueMapType): Float32Array {
  const { data } = result.logits ?? {};
  if (!(data instanceof Float32Array)) throw new Error('The model gives no logits.');
  return data;
}

/** The natural logarithm of the probability of `target` under `logits`. */
function logProb(logits: Float32Array, target: number): number {
  const most = logits.reduce((a, b) => Math.max(a, b));
  const total = logits.reduce((sum, value) => sum + Math.exp(value - most), 0);
  return (logits[target] ?? Number.NaN) - most - Math.log(total);
}

// The language models that training/ made; ids after the start id, all at once and one at a time over the cache.
describe.each(readdirSync(FOLDER))('%s', (id) => {
  const folder = join(FOLDER, id);
  const manifest = json(join(folder, 'manifest.json'));
  const { start, symbols } = manifest.vocabulary;
  const { depth, heads, head } = manifest.shape;
  const empty = () => new Tensor('float32', new Float32Array(0), [2 * depth, 1, heads, 0, head]);
  const tensor = (ids: number[]) => new Tensor('int32', Int32Array.from(ids), [1, ids.length]);

  it('has the files that its manifest names', () => {
    const { model, data, tokenizer } = manifest.files;
    const named: Named[] = [model, ...data, ...(tokenizer ? [tokenizer] : []), manifest.golden];
    for (const { path, bytes, sha256 } of named) {
      const file = readFileSync(join(folder, path));
      expect([file.length, createHash('sha256').update(file).digest('hex')]).toEqual([bytes, sha256]);
    }
  });

  it('gives the probabilities that training computed, whole and over a cached prefix', async () => {
    const session = await InferenceSession.create(join(folder, manifest.files.model.path));
    for (const { ids, logProbs, lastLogits } of json(join(folder, manifest.golden.path)).cases) {
      const given = [start, ...ids];
      const whole = await session.run({ ids: tensor(given), past: empty() });
      const logits = numbers(whole);
      const row = (index: number) => logits.subarray(index * symbols, (index + 1) * symbols);
      const found = ids.map((target: number, index: number) => logProb(row(index), target));
      expect(
        Math.max(...found.map((value: number, i: number) => Math.abs(value - logProbs[i]))),
      ).toBeLessThan(1e-3);

      const cut = Math.floor(given.length / 2);
      const first = await session.run({ ids: tensor(given.slice(0, cut)), past: empty() });
      const second = await session.run({ ids: tensor(given.slice(cut)), past: first.present as Tensor });
      const last = numbers(second).subarray(-symbols);
      expect(last.length).toBe(lastLogits.length);
      expect(Math.max(...last.map((value, i) => Math.abs(value - lastLogits[i])))).toBeLessThan(1e-3);
    }
    await session.release();
  });
});
