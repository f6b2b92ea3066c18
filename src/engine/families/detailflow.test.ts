import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TokenoscopeError } from '../../core/errors';
import { inspectCheckpointFolder } from '../weights/checkpoint-folder';
import { headerLength, readHeader, type StoredTensor } from '../weights/safetensors';
import { distance, expectedOf, openGraphs } from '../weights/testing/golden-data';
import type { BuiltModel } from './checkpoint';
import { gridOf } from './detailflow-graphs';
import { buildModel } from './families';
import { failureOf } from './testing/failure';

const FOLDER = join(import.meta.dirname, 'fixtures/detailflow-tiny');
const SIDE = 32;

type Config = Record<string, unknown>;
const CONFIG: Config = JSON.parse(readFileSync(join(FOLDER, 'config.json'), 'utf8'));
const weights = readFileSync(join(FOLDER, 'model.safetensors'));
const tensors = readHeader(weights.subarray(0, headerLength(weights, FOLDER)), weights.length, FOLDER);
const expected = expectedOf(FOLDER);

function build(change: Config = {}, header: ReadonlyMap<string, StoredTensor> = tensors): BuiltModel {
  return buildModel({
    name: 'detailflow-tiny',
    config: { ...CONFIG, ...change },
    tensors: header,
    path: 'model.safetensors',
  });
}

async function open(change: Config = {}) {
  const { description, encoder, decoder } = build(change);
  const data = [{ path: 'model.safetensors', bytes: weights }];
  return openGraphs({ manifest: description, encoder, decoder, data });
}

describe('DetailFlow', () => {
  it.each([
    ['as published', '', {}, [1, 3, 5, 8, 13, 16, 24, 32]],
    ['more tokens one after the other', 'causal16_', { causal_num: 16 }, [12, 32]],
    ['an encoder that sees everything', 'seeing_', { causal_encoder: false }, [32]],
    [
      'a decoder whose tokens see only what precedes them',
      'causal_decoder_',
      { causal_decoder: true },
      [16, 32],
    ],
    ['entries as long as they are', 'plain_', { codebook_l2_norm: false }, [32]],
  ])('computes what the official code computes: %s', async (_, prefix, change, ks) => {
    const model = await open(change);
    for (const picture of [0, 1]) {
      const ids = await model.encode(expected('image', picture) as Float32Array);
      expect([...ids]).toEqual([...expected(`${prefix}ids`, picture)]);
      for (const k of ks) {
        const key = k === 32 ? 'reconstruction' : `reconstruction_k${k}`;
        const picked = expected(prefix + key, picture);
        expect(distance(await model.decode(ids, k), picked), `k = ${k}`).toBeLessThan(2e-5);
      }
    }
  });

  it('does not look at tokens from k on', async () => {
    const model = await open();
    const ids = await model.encode(expected('image', 0) as Float32Array);
    const other = ids.map((id, i) => (i < 11 ? id : (id + 100) % 256));
    expect(await model.decode(other, 11)).toEqual(await model.decode(ids, 11));
    expect(distance(await model.decode(other, 12), await model.decode(ids, 12))).toBeGreaterThan(0);
  });

  it('encodes a beginning without looking at what comes after it', async () => {
    const [one, other] = [await open(), await open({ causal_num: 16 })];
    const image = expected('image', 0) as Float32Array;
    // The first 8 are one after the other in both.
    expect([...(await one.encode(image))].slice(0, 8)).toEqual([...(await other.encode(image))].slice(0, 8));
  });

  it('says what it is', async () => {
    const built = await inspectCheckpointFolder(FOLDER);
    expect(built.family).toBe('detailflow');
    expect(built.description).toEqual({
      id: 'detailflow-tiny',
      label: 'detailflow-tiny',
      image: { width: SIDE, height: SIDE },
      tokens: { count: 32, bits: 8, codebookSize: 256, ordered: true },
    });
    const unused = 96 + 96 * 8; // refine_conv, which only training uses
    expect(built.parameters).toBe((weights.length - headerLength(weights, FOLDER)) / 4 - unused);
    expect(built.multiplications.decode).toBeGreaterThan(1e6);
  });

  it('counts neither the SigLIP that training compares with nor what watches the codebook', () => {
    const { parameters } = build();
    const more = new Map(tensors);
    const stored: StoredTensor = { type: 'float32', dims: [65_536], offset: 0, length: 262_144 };
    more.set('quantize.codebook_used', stored);
    more.set('repa_model.visual_model.post_layernorm.weight', stored);
    expect(build({}, more).parameters).toBe(parameters);
  });

  it('knows at which resolution a prefix is a picture', () => {
    const published = {
      side: 256,
      encoderPatch: 16,
      decoderPatch: 16,
      tokens: 128,
      channels: 8,
      group: 8,
      causal: 8,
      causalEncoder: true,
      causalDecoder: false,
      power: 1.5,
    };
    // By hand: 256 - 255 * ((128 - k) / 127)^1.5 is 1, 21.8, 66.2, 164.8 and 256 pixels.
    expect([1, 8, 24, 64, 128].map((k) => gridOf(published, k) * 16)).toEqual([16, 32, 80, 176, 256]);
  });
});

describe('a checkpoint that does not fit', () => {
  function failure(change: Config, header?: (tensors: Map<string, StoredTensor>) => void): TokenoscopeError {
    const copy = new Map(tensors);
    header?.(copy);
    return failureOf(() => build(change, copy));
  }

  it.each(['decoder.visual_model.encoder.layers.1.mlp.fc2.bias', 'quant_conv.weight', 'decoder.mask_token'])(
    'names the tensor that is missing: %s',
    (name) => {
      expect(failure({}, (all) => all.delete(name)).message).toBe(`The checkpoint has no tensor "${name}".`);
    },
  );

  it('names the tensor whose shape the config contradicts', () => {
    expect(failure({ codebook_size: 512 }).message).toBe(
      'The tensor "quantize.embedding.weight" is 256 x 8; 512 x 8 was expected.',
    );
    expect(failure({ num_latent_tokens: 64 }).message).toBe(
      'The tensor "encoder.latent_tokens" is 1 x 32 x 96; 1 x 64 x 96 was expected.',
    );
  });

  it('names positions that are no square', () => {
    const name = 'decoder.visual_model.embeddings.position_embedding.weight';
    const { message } = failure({}, (all) => all.set(name, { ...all.get(name)!, dims: [60, 64] }));
    expect(message).toBe(`The tensor "${name}" is 60 x 64; 49 x 64 was expected.`);
  });

  it.each([
    [{ dec_type: 'cnn' }, 'config.json does not fit: dec_type'],
    [{ enc_type: 'vit' }, 'config.json does not fit: enc_type'],
    [{ group_size: 'all' }, 'config.json does not fit: group_size'],
    [{ num_latent_tokens: 1 }, 'config.json does not fit: num_latent_tokens'],
    [{ max_image_size: 36 }, 'Pictures of 36 pixels do not divide into patches of 8.'],
    [{ group_size: 5 }, '32 tokens, 5 of them one after the other, do not divide into groups of 5.'],
    [{ causal_num: 12 }, 'do not divide into groups of 8.'],
    [{ causal_num: 64 }, '32 tokens, 64 of them one after the other'],
  ])('refuses %j', (change, words) => {
    expect(failure(change).message).toContain(words);
  });

  it('names the tensor whose numbers are of a kind that is not read', () => {
    const start = headerLength(weights, FOLDER);
    const header = JSON.parse(weights.subarray(8, start).toString());
    header['decoder.mask_token'].dtype = 'F8_E4M3';
    const bytes = Buffer.concat([Buffer.alloc(8), Buffer.from(JSON.stringify(header))]);
    bytes.writeBigUInt64LE(BigInt(bytes.length - 8));
    expect(() => readHeader(bytes, bytes.length + weights.length - start, 'model.safetensors')).toThrow(
      'model.safetensors stores "decoder.mask_token" as F8_E4M3',
    );
  });

  it('is not taken for one where the towers are of another kind', () => {
    const { message, hint } = failure({}, (all) => {
      all.delete('encoder.visual_model.embeddings.position_embedding.weight');
    });
    expect(message).toContain('an architecture that this page does not support');
    expect(hint).toContain('DetailFlow');
  });
});
