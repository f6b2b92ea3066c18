import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import { Graph } from '../onnx/graph';
import { createNodeRuntime } from '../ort/node';
import { inspectCheckpointFolder, readCheckpointFolder } from '../weights/checkpoint-folder';
import { headerLength, readHeader } from '../weights/safetensors';
import { distance, expectedOf, openGraphs } from '../weights/testing/golden-data';
import { titokDecoder, titokEncoder } from './titok-graphs';
import { Weights } from './weights';

const FIXTURES = join(import.meta.dirname, 'fixtures');

describe.each([
  { name: 'one-d-piece-tiny', family: 'one-d-piece', ks: [1, 4, 9, 16, 32] },
  { name: 'titok-tiny-vq-rgb', family: 'titok', ks: [32] },
])('$name', ({ name, family, ks }) => {
  const expected = expectedOf(join(FIXTURES, name));

  it.each([
    ['a processor', true],
    ['WebGPU', false],
  ])('computes what the official code computes, for %s', async (_, onProcessor) => {
    const graphs = await readCheckpointFolder(join(FIXTURES, name), { precision: 'full', onProcessor });
    // Only a decoder with a VQGAN is large enough to be in two parts.
    expect(graphs.begin !== undefined).toBe(onProcessor && family === 'one-d-piece');
    const model = await openGraphs(graphs);
    for (const picture of [0, 1]) {
      const ids = await model.encode(expected('image', picture) as Float32Array);
      expect([...ids]).toEqual([...expected('ids', picture)]);
      for (const k of ks) {
        const key = k === 32 ? 'reconstruction' : `reconstruction_k${k}`;
        expect(distance(await model.decode(ids, k), expected(key, picture))).toBeLessThan(5e-5);
      }
    }
  });

  it('does not look at tokens from k on', async () => {
    const model = await openGraphs(await readCheckpointFolder(join(FIXTURES, name)));
    const ids = await model.encode(expected('image', 0) as Float32Array);
    const other = ids.map((id, i) => (i < 5 ? id : (id + 100) % 256));
    expect(await model.decode(other, 5)).toEqual(await model.decode(ids, 5));
    expect(distance(await model.decode(other, 6), await model.decode(ids, 6))).toBeGreaterThan(0);
  });

  it('says what it is', async () => {
    const built = await inspectCheckpointFolder(join(FIXTURES, name));
    expect(built.family).toBe(family);
    expect(built.description).toEqual({
      id: name,
      label: name,
      image: { width: 64, height: 64 },
      tokens: { count: 32, bits: 8, codebookSize: 256, ordered: family === 'one-d-piece' },
    });
    const file = readFileSync(join(FIXTURES, name, 'model.safetensors'));
    expect(built.parameters * 4).toBe(file.length - headerLength(file, name));
    expect(built.multiplications.decode).toBeGreaterThan(built.multiplications.encode);
  });
});

describe('titok-tiny-vae, whose tokens are continuous', () => {
  const name = 'titok-tiny-vae';
  const expected = expectedOf(join(FIXTURES, name));
  const sizes = { side: 64, patch: 16, grid: 4, tokens: 32, channels: 16, legacy: false };

  async function run(graph: Graph, inputs: Record<string, { data: Float32Array; dims: number[] }>) {
    const { data } = await readCheckpointFolder(join(FIXTURES, name));
    const session = await createNodeRuntime().load(graph.encode(), data);
    return (await session.run(inputs, 'out')).data;
  }

  function weights(): Weights {
    const file = readFileSync(join(FIXTURES, name, 'model.safetensors'));
    return new Weights(
      readHeader(file.subarray(0, headerLength(file, name)), file.length, name),
      'model.safetensors',
    );
  }

  it('computes what the official code computes, before tokens are rounded', async () => {
    const encoder = new Graph('encoder');
    const image = encoder.input('image', 'float32', [1, 3, 64, 64]);
    encoder.output(titokEncoder(encoder, weights(), sizes, image), 'out', 'float32');
    const decoder = new Graph('decoder');
    const given = decoder.input('given', 'float32', [32, 16]);
    const k = decoder.int32s([32], [1]);
    decoder.output(titokDecoder(decoder, weights(), sizes, { tokens: given, k, unit: 1 }), 'out', 'float32');
    for (const picture of [0, 1]) {
      const pixels = expected('image', picture) as Float32Array;
      const latents = await run(encoder, { image: { data: pixels, dims: [1, 3, 64, 64] } });
      // The file holds [channels, tokens]; the variances follow the means.
      const means = Float32Array.from({ length: 512 }, (_, i) => latents[(i >> 4) * 32 + (i & 15)]!);
      const mean = expected('latent_mean', picture);
      const turned = Float32Array.from({ length: 512 }, (_, i) => mean[(i & 15) * 32 + (i >> 4)]!);
      expect(distance(means, turned)).toBeLessThan(2e-5);
      const out = await run(decoder, { given: { data: turned, dims: [32, 16] } });
      expect(distance(out, expected('reconstruction', picture))).toBeLessThan(2e-5);
    }
  });

  it('has ids all the same: 8 bits a number', async () => {
    const model = await openGraphs(await readCheckpointFolder(join(FIXTURES, name)));
    const ids = await model.encode(expected('image', 0) as Float32Array);
    const mean = expected('latent_mean', 0);
    expect(ids).toHaveLength(512);
    ids.forEach((id, i) => {
      expect(Math.abs((id - 128) / 32 - mean[(i & 15) * 32 + (i >> 4)]!)).toBeLessThanOrEqual(1 / 64 + 1e-4);
    });
    const rounded = distance(await model.decode(ids, 512), expected('reconstruction', 0));
    expect(rounded).toBeGreaterThan(0);
    expect(rounded).toBeLessThan(0.02);
  });
});

describe('a checkpoint that does not fit', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'checkpoint-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The error of a copy whose config or list of tensors was changed. */
  async function failure(change: {
    readonly config?: (config: Record<string, unknown>) => unknown;
    readonly header?: (tensors: Record<string, { dtype: string; shape: number[] }>) => void;
  }): Promise<TokenoscopeError> {
    cpSync(join(FIXTURES, 'titok-tiny-vq-rgb'), folder, { recursive: true });
    const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    writeFileSync(join(folder, 'config.json'), JSON.stringify(change.config?.(config) ?? config));
    if (change.header) {
      const file = readFileSync(join(folder, 'model.safetensors'));
      const start = headerLength(file, folder);
      const tensors = JSON.parse(file.subarray(8, start).toString());
      change.header(tensors);
      const header = Buffer.from(JSON.stringify(tensors));
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(header.length));
      writeFileSync(join(folder, 'model.safetensors'), Buffer.concat([length, header, file.subarray(start)]));
    }
    const error = await inspectCheckpointFolder(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TokenoscopeError);
    expect((error as TokenoscopeError).hint).not.toBe('');
    return error as TokenoscopeError;
  }

  const vq = (change: object) => (config: Record<string, unknown>) => {
    const { model } = config as { model: { vq_model: object } };
    return { ...config, model: { vq_model: { ...model.vq_model, ...change } } };
  };

  it('names the tensor that is missing', async () => {
    const { message } = await failure({
      header: (tensors) => {
        delete tensors['decoder.transformer.1.mlp.c_fc.bias'];
      },
    });
    expect(message).toBe('The checkpoint has no tensor "decoder.transformer.1.mlp.c_fc.bias".');
  });

  it('names the tensor whose shape the config contradicts', async () => {
    const { message } = await failure({ config: vq({ codebook_size: 512 }) });
    expect(message).toBe('The tensor "quantize.embedding.weight" is 256 x 12; 512 x 12 was expected.');
  });

  it('names the field of config.json that is missing', async () => {
    const { message } = await failure({ config: vq({ num_latent_tokens: 'many' }) });
    expect(message).toContain('model.vq_model.num_latent_tokens');
  });

  it('names a kind of token that nobody has heard of', async () => {
    expect((await failure({ config: vq({ quantize_mode: 'fsq' }) })).message).toContain('quantize_mode');
  });

  it('says which architectures are known where it is of another one', async () => {
    const { message, hint } = await failure({ config: () => ({ architectures: ['LlamaForCausalLM'] }) });
    expect(message).toContain('an architecture that this page does not support');
    expect(hint).toContain('TiTok');
  });

  it('does without config.json, and says which file is missing, and which is no JSON', async () => {
    rmSync(join(folder, 'config.json'), { force: true });
    expect((await inspectCheckpointFolder(folder)).family).toBe('titok');
    writeFileSync(join(folder, 'config.json'), '<!doctype html>');
    await expect(inspectCheckpointFolder(folder)).rejects.toThrow(/config\.json is not JSON/);
    for (const name of ['model', 'expected']) rmSync(join(folder, `${name}.safetensors`), { force: true });
    await expect(inspectCheckpointFolder(folder)).rejects.toThrow(/There are no weights in /);
  });
});
