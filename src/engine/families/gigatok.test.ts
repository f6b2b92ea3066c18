import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TokenoscopeError } from '../../core/errors';
import { inspectCheckpointFolder } from '../weights/checkpoint-folder';
import { headerLength, readHeader, type StoredTensor } from '../weights/safetensors';
import { distance, expectedOf, openGraphs } from '../weights/testing/golden-data';
import type { BuiltModel } from './checkpoint';
import { buildModel, impliedConfig } from './families';
import { failureOf } from './testing/failure';

const FOLDER = join(import.meta.dirname, 'fixtures/gigatok-tiny');

type Init = Record<string, unknown>;
const { model: published } = JSON.parse(readFileSync(join(FOLDER, 'config.json'), 'utf8'));
const weights = readFileSync(join(FOLDER, 'model.safetensors'));
const tensors = readHeader(weights.subarray(0, headerLength(weights, FOLDER)), weights.length, FOLDER);
const expected = expectedOf(FOLDER);

function build(change: Init = {}, header: ReadonlyMap<string, StoredTensor> = tensors): BuiltModel {
  const config = { model: { ...published, init_args: { ...published.init_args, ...change } } };
  return buildModel({ name: 'gigatok-tiny', config, tensors: header, path: 'model.safetensors' });
}

async function open(change: Init = {}) {
  const { description, encoder, decoder } = build(change);
  const data = [{ path: 'model.safetensors', bytes: weights }];
  return openGraphs({ manifest: description, encoder, decoder, data });
}

describe('GigaTok', () => {
  it.each([
    ['as published', '', {}],
    ['queries that all begin as one mean', 'mean_', { multi_level_query_init: false }],
    ['entries as long as they are', 'plain_', { codebook_l2_norm: false }],
  ])('computes what the official code computes: %s', async (_, prefix, change) => {
    const model = await open(change);
    for (const picture of [0, 1]) {
      const ids = await model.encode(expected('image', picture) as Float32Array);
      expect([...ids]).toEqual([...expected(`${prefix}ids`, picture)]);
      const drawn = await model.decode(ids, 32);
      expect(distance(drawn, expected(`${prefix}reconstruction`, picture))).toBeLessThan(2e-4);
    }
  });

  it('does not look at tokens from k on', async () => {
    const model = await open();
    const ids = Int32Array.from(expected('ids', 0));
    const other = ids.map((id, i) => (i < 11 ? id : (id + 100) % 256));
    expect(await model.decode(other, 11)).toEqual(await model.decode(ids, 11));
    expect(distance(await model.decode(other, 12), await model.decode(ids, 12))).toBeGreaterThan(0);
  });

  it('says what it is', async () => {
    const built = await inspectCheckpointFolder(FOLDER);
    expect(built.family).toBe('gigatok');
    expect(built.description).toEqual({
      id: 'gigatok-tiny',
      label: 'gigatok-tiny',
      image: { width: 32, height: 32 },
      tokens: { count: 32, bits: 8, codebookSize: 256, ordered: false },
    });
    const training = [...tensors].filter(([name]) => /distill_mlp|codebook_used/.test(name));
    const left = training.reduce((sum, [, { length }]) => sum + length / 4, 0);
    expect(built.parameters).toBe((weights.length - headerLength(weights, FOLDER)) / 4 - left);
    expect(built.multiplications.encode).toBeGreaterThan(1e6);
  });

  it('is published without a config.json, and its tensors tell it', () => {
    const implied = impliedConfig(tensors) as { model: { init_args: Init } };
    const built = build(implied.model.init_args);
    expect(Buffer.from(built.encoder).equals(build().encoder)).toBe(true);
    expect(Buffer.from(built.decoder).equals(build().decoder)).toBe(true);
  });
});

describe('a checkpoint that does not fit', () => {
  function failure(change: Init, header?: (tensors: Map<string, StoredTensor>) => void): TokenoscopeError {
    const copy = new Map(tensors);
    header?.(copy);
    return failureOf(() => build(change, copy));
  }

  it.each([
    's2to1encoder.transformer.1.multihead_attn.in_proj_weight',
    'decoder.adaptive.0.gamma.weight',
    'encoder.conv_blocks.0.downsample.conv.bias',
  ])('names the tensor that is missing: %s', (name) => {
    expect(failure({}, (all) => all.delete(name)).message).toBe(`The checkpoint has no tensor "${name}".`);
  });

  it('names the tensor whose shape the config contradicts', () => {
    expect(failure({ codebook_size: 512 }).message).toBe(
      'The tensor "quantize.embedding.weight" is 256 x 8; 512 x 8 was expected.',
    );
    expect(failure({ num_latent_tokens: 16 }).message).toBe(
      'The tensor "s2to1encoder.latent_token_positional_embedding" is 32 x 1 x 64; 16 x 1 x 64 was expected.',
    );
  });

  it.each([
    [{ use_qk_norm: true }, 'config.json does not fit: model.init_args.use_qk_norm'],
    [{ use_attn: true }, 'config.json does not fit: model.init_args.use_attn'],
    [{ d2s_up: false }, 'config.json does not fit: model.init_args.d2s_up'],
    [{ num_latent_tokens: 48 }, 'A grid of 8 x 8 cells does not halve into the blocks of 48 tokens.'],
    [{ num_latent_tokens: 256 }, 'does not halve into the blocks of 256 tokens.'],
  ])('refuses %j', (change, words) => {
    expect(failure(change).message).toContain(words);
  });

  it('of two dimensions is not taken for one', () => {
    const { message } = failure({}, (all) => all.delete('s2to1encoder.positional_embedding'));
    expect(message).toContain('an architecture that this page does not support');
  });
});
