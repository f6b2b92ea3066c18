import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TokenoscopeError } from '../../core/errors';
import { inspectCheckpointFolder } from '../weights/checkpoint-folder';
import { graphsOfCheckpoint } from '../weights/checkpoint-graphs';
import { headerLength, readHeader, type StoredTensor } from '../weights/safetensors';
import { distance, expectedOf, openGraphs } from '../weights/testing/golden-data';
import { buildModel, impliedConfig } from './families';
import { errorRow } from './karl-graphs';
import { failureOf } from './testing/failure';

const FOLDER = join(import.meta.dirname, 'fixtures', 'karl-tiny');
const SIDE = 64;
const TOKENS = 32;
/** The id of a token that is not used. */
const UNUSED = 256;
const expected = expectedOf(FOLDER);
const file = readFileSync(join(FOLDER, 'model.safetensors'));
const tensors = readHeader(file.subarray(0, headerLength(file, FOLDER)), file.length, FOLDER);
const config = JSON.parse(readFileSync(join(FOLDER, 'config.json'), 'utf8')) as Record<string, unknown>;

const open = async (change: object = {}) =>
  openGraphs(
    await graphsOfCheckpoint({ name: 'karl-tiny', config: { ...config, ...change }, weights: file }),
  );

/** Every third pixel of every third row, as it is kept. */
function thinned(picture: ArrayLike<number>): Float32Array {
  const kept = Math.ceil(SIDE / 3);
  return Float32Array.from({ length: 3 * kept * kept }, (_, i) => {
    const [plane, row, column] = [Math.floor(i / kept ** 2), Math.floor(i / kept) % kept, i % kept];
    return picture[plane * SIDE * SIDE + 3 * row * SIDE + 3 * column]!;
  });
}

describe('karl-tiny', () => {
  it.each([
    { error: 0.05, key: '' },
    { error: 0.011, key: '_fine' },
    { error: 0.5, key: '_coarse' },
  ])('uses the tokens that the official code uses, at an error of $error', async ({ error, key }) => {
    const model = await open({ desired_reconstruction_quality: error });
    for (const picture of [0, 1]) {
      const ids = await model.encode(expected('image', picture) as Float32Array);
      expect([...ids]).toEqual([...expected(`ids${key}`, picture)]);
      // Fewer than the budget, of which some are used.
      expect(ids.filter((id) => id === UNUSED).length).toBeGreaterThan(9);
      if (key === '_coarse') continue;
      const image = thinned(await model.decode(ids, TOKENS));
      expect(distance(image, expected(`reconstruction${key}`, picture))).toBeLessThan(2e-4);
    }
  });

  it('neither looks at tokens from k on nor at what comes after the last that is used', async () => {
    const model = await open();
    const ids = await model.encode(expected('image', 0) as Float32Array);
    const other = ids.map((id, i) => (i < 5 ? id : (i * 50) % 256));
    expect(await model.decode(other, 5)).toEqual(await model.decode(ids, 5));
    const used = ids.map((id, i) => (i < 8 ? id : UNUSED));
    expect(await model.decode(used, 32)).toEqual(await model.decode(used, 8));
    expect(distance(await model.decode(ids, 32), await model.decode(used, 32))).toBeGreaterThan(0);
  });

  it('takes the first learned error that is no smaller', () => {
    expect([0, 0.005, 0.0051, 0.05, 0.08, 0.38, 1].map(errorRow)).toEqual([0, 0, 1, 5, 8, 18, 18]);
  });

  it('says what it is, and which id stands for no token', async () => {
    const built = await inspectCheckpointFolder(FOLDER);
    expect(built.family).toBe('karl');
    expect(built.description.tokens).toEqual({
      count: 32,
      bits: 9,
      codebookSize: 257,
      ordered: true,
      unused: { id: UNUSED, error: 0.05 },
    });
  });

  it('needs no config, which is not published', () => {
    expect(impliedConfig(tensors)).toEqual({
      model: 'karl_small',
      input_size: 256,
      input_token_budget: 256,
      desired_reconstruction_quality: 0.05,
    });
  });
});

describe('a checkpoint that does not fit', () => {
  function failure(change: object, header?: (all: Map<string, StoredTensor>) => unknown): TokenoscopeError {
    const copy = new Map(tensors);
    header?.(copy);
    return failureOf(() =>
      buildModel({ name: 'x', config: { ...config, ...change }, tensors: copy, path: 'model.safetensors' }),
    );
  }

  it('names the tensor that is missing', () => {
    const name = 'decoder.transformer.1.mlp.c_fc.bias';
    expect(failure({}, (all) => all.delete(name)).message).toBe(`The checkpoint has no tensor "${name}".`);
  });

  it.each([
    [{ input_size: 72 }, 'Pictures of 72 pixels do not divide into patches of 16.'],
    [{ input_token_budget: 513 }, 'config.json does not fit: input_token_budget'],
    [{ desired_reconstruction_quality: 2 }, 'config.json does not fit: desired_reconstruction_quality'],
  ])('refuses %j', (change, words) => {
    expect(failure(change).message).toContain(words);
  });

  it('refuses the kinds that are not read here', () => {
    const { message, hint } = failure({}, (all) => all.delete('quantize.embedding.weight'));
    expect(message).toBe('This KARL has continuous tokens.');
    expect(hint).toContain('karl_small_vqgan_quantized_latents.pth');
    const base = 'base_tokenizer.vqgan.encoder.conv_in.weight';
    expect(failure({}, (all) => all.delete(base)).message).toContain('variational autoencoder');
  });
});
