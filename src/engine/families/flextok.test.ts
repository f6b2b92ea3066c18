import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TokenoscopeError } from '../../core/errors';
import { standardNormal } from '../../core/image/noise';
import { openFlow } from '../image/flow';
import { createNodeRuntime } from '../ort/node';
import type { DataFile } from '../ort/runtime';
import { inspectCheckpointFolder, readCheckpointFolder } from '../weights/checkpoint-folder';
import { headerLength, readHeader, type StoredTensor } from '../weights/safetensors';
import { distance, expectedOf } from '../weights/testing/golden-data';
import type { BuiltModel } from './checkpoint';
import { buildModel } from './families';
import { failureOf } from './testing/failure';

const FOLDER = join(import.meta.dirname, 'fixtures/flextok-tiny');
const SEED = 5;
/** Of full scale, after 4 guided steps: what is rounded is enlarged 7.5 times. */
const HALF_TOLERANCE = 1e-2;

type Tree = { [key: string]: Tree | unknown };
const CONFIG: Tree = JSON.parse(readFileSync(join(FOLDER, 'config.json'), 'utf8'));
const weights = readFileSync(join(FOLDER, 'model.safetensors'));
const tensors = readHeader(weights.subarray(0, headerLength(weights, FOLDER)), weights.length, FOLDER);
const expected = expectedOf(FOLDER);
const data: readonly DataFile[] = [{ path: 'model.safetensors', bytes: weights }];
const runtime = createNodeRuntime();

/** A config with one field changed: `decoder.module_dict.dec_transformer.qk_norm`. */
function changed(changes: Readonly<Record<string, unknown>>): Tree {
  const tree: Tree = structuredClone(CONFIG);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    keys.reduce((branch, key) => branch[key] as Tree, tree)[last] = value;
  }
  return tree;
}

function build(config: unknown = CONFIG, header: ReadonlyMap<string, StoredTensor> = tensors): BuiltModel {
  return buildModel({ name: 'flextok-tiny', config, tensors: header, path: 'model.safetensors' });
}

async function encode({ encoder }: BuiltModel, picture: number, files = data): Promise<number[]> {
  const session = await runtime.load(encoder, files);
  const image = { data: expected('image', picture), dims: [1, 3, 32, 32] };
  return [...(await session.run({ image }, 'ids')).data];
}

async function draw(
  built: BuiltModel,
  picture: number,
  k: number,
  steps: number,
  guidance: number,
  files = data,
) {
  const { label, sampler } = built.description;
  const flow = await openFlow({ label, sampler: sampler! }, built.flow, files, runtime);
  const decoder = await runtime.load(built.decoder, files);
  const ids = { data: Int32Array.from(expected('ids', picture)), dims: [1, 16] };
  const prefix = { ids, k: { data: Int32Array.of(k), dims: [1] } };
  const drawn = await flow.draw(prefix, { steps, seed: SEED, guidance }, {});
  return (await decoder.run(drawn, 'image')).data;
}

describe('FlexTok', () => {
  it('gives the ids that the official code gives', async () => {
    const built = build();
    for (const picture of [0, 1]) {
      expect(await encode(built, picture)).toEqual([...expected('ids', picture)]);
    }
  });

  it.each([
    ['all tokens', 16, 'reconstruction'],
    ['one token', 1, 'reconstruction_k1'],
    ['some tokens', 9, 'reconstruction_k9'],
  ])('draws what the official code draws from %s', async (_, k, key) => {
    const built = build();
    for (const picture of [0, 1]) {
      expect(distance(await draw(built, picture, k, 4, 7.5), expected(key, picture))).toBeLessThan(2e-4);
    }
  });

  it.each([
    ['without guidance', {}, 16, 3, 1, 'unguided'],
    [
      'one blank token instead of as many as there are',
      { 'decoder.module_dict.dec_latent_dropout.replace_with_single_token': true },
      9,
      2,
      7.5,
      'one_blank',
    ],
    ['times up to 1000', { 'decoder.module_dict.dec_time_embedder.max_timestep': 1000 }, 9, 2, 3, 'late'],
    [
      'queries and keys as they are',
      {
        'encoder.module_dict.enc_transformer.qk_norm': false,
        'decoder.module_dict.dec_transformer.qk_norm': false,
      },
      9,
      2,
      3,
      'raw',
    ],
    [
      'tokens before patches',
      { 'decoder.module_dict.dec_seq_packer.input_list_read_keys': ['dec_q', 'dec_p'] },
      9,
      2,
      3,
      'first',
    ],
  ])('draws what the official code draws, %s', async (_, change, k, steps, guidance, key) => {
    const built = build(changed(change));
    expect(distance(await draw(built, 0, k, steps, guidance), expected(key, 0))).toBeLessThan(2e-4);
    if (key === 'raw') expect(await encode(built, 1)).toEqual([...expected('raw_ids', 1)]);
  });

  it('gives the same ids in half precision, and draws the same to its tolerance', async () => {
    const {
      manifest,
      encoder,
      decoder,
      flow,
      data: halves,
    } = await readCheckpointFolder(FOLDER, { precision: 'half' });
    const half = { ...build(), description: manifest, encoder, decoder, flow };
    expect(await encode(half, 0, halves)).toEqual([...expected('ids', 0)]);
    const drawn = await draw(half, 0, 16, 4, 7.5, halves);
    expect(distance(drawn, expected('reconstruction', 0))).toBeLessThan(HALF_TOLERANCE);
    expect(distance(drawn, expected('reconstruction', 0))).toBeGreaterThan(1e-5); // else nothing was rounded
  });

  it('is told nothing by zeros where no blank token was learned', async () => {
    const without = new Map(tensors);
    without.delete('decoder.module_dict.dec_latent_dropout.nullcond');
    const drawn = await draw(build(CONFIG, without), 0, 9, 2, 3);
    expect(distance(drawn, expected('zero', 0))).toBeLessThan(2e-4);
  });

  it('does not look at tokens from k on', async () => {
    const start = await runtime.load(build().flow!.start, data);
    const begin = async (ids: Int32Array) =>
      (
        await start.runAll(
          {
            ids: { data: ids, dims: [1, 16] },
            k: { data: Int32Array.of(5), dims: [1] },
            noise: { data: standardNormal(0, 256), dims: [1, 4, 8, 8] },
          },
          ['condition'],
        )
      ).condition.data;
    const ids = Int32Array.from(expected('ids', 0));
    const other = ids.map((id, i) => (i < 5 ? id : (id + 100) % 64_000));
    expect(await begin(other)).toEqual(await begin(ids));
  });

  it('says what it is and how it samples', async () => {
    const built = await inspectCheckpointFolder(FOLDER);
    expect(built.family).toBe('flextok');
    expect(built.description).toEqual({
      id: 'flextok-tiny',
      label: 'flextok-tiny',
      image: { width: 32, height: 32 },
      tokens: { count: 16, bits: 16, codebookSize: 64_000, ordered: true },
      sampler: {
        method: 'euler',
        noise: [1, 4, 8, 8],
        steps: [5, 10, 20, 50],
        default: 20,
        guidance: { default: 7.5, offered: [1, 3, 7.5, 12] },
      },
    });
    expect(built.parameters).toBe((weights.length - headerLength(weights, FOLDER)) / 4);
    // Each of 20 steps asks twice.
    expect(built.multiplications.decode).toBeGreaterThan(40 * 1e6);
  });

  it('takes its config below `config` as well', () => {
    const below = build({ config: CONFIG });
    expect(Buffer.from(below.encoder).equals(build().encoder)).toBe(true);
  });
});

describe('a checkpoint that does not fit', () => {
  function failure(config: unknown, header?: (tensors: Map<string, StoredTensor>) => void): TokenoscopeError {
    const copy = new Map(tensors);
    header?.(copy);
    return failureOf(() => build(config, copy));
  }

  it.each([
    'encoder.module_dict.enc_transformer.blocks.1.mlp.fc3.weight',
    'decoder.module_dict.dec_transformer.blocks.0.adaLN_modulation.1.bias',
    'vae.vae.decoder.mid_block.attentions.0.to_q.weight',
  ])('names the tensor that is missing: %s', (name) => {
    expect(failure(CONFIG, (all) => all.delete(name)).message).toBe(
      `The checkpoint has no tensor "${name}".`,
    );
  });

  it.each([
    [{ 'vae.scaling_factor': undefined }, 'config.json does not fit: vae.scaling_factor'],
    [{ 'regularizer.levels': [8, 8] }, 'enc_to_latents.proj.bias" is 6; 2 was expected'],
    [
      { 'encoder.module_dict.enc_seq_packer.mask_mode': 'causal' },
      'config.json does not fit: encoder.module_dict.enc_seq_packer.mask_mode',
    ],
  ])('refuses %j', (change, words) => {
    expect(failure(changed(change)).message).toContain(words);
  });

  it('names positions of another kind', () => {
    const name = 'decoder.module_dict.dec_patches_posemb_module.posembs';
    const { message } = failure(CONFIG, (all) => all.set(name, { ...all.get(name)!, dims: [2, 1, 96, 4] }));
    expect(message).toBe(`The tensor "${name}" is 2 x 1 x 96 x 4; 1 x 96 x 4 x 4 was expected.`);
  });

  it('names patches that are no squares', () => {
    const name = 'encoder.module_dict.enc_patch_emb.patch_proj.weight';
    expect(failure(CONFIG, (all) => all.set(name, { ...all.get(name)!, dims: [64, 12] })).message).toBe(
      '12 numbers are no square patch of 4 channels.',
    );
  });
});
