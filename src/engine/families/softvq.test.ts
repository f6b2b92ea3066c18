import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TokenoscopeError } from '../../core/errors';
import { Graph } from '../onnx/graph';
import { createNodeRuntime } from '../ort/node';
import { inspectCheckpointFolder, readCheckpointFolder } from '../weights/checkpoint-folder';
import { headerLength, readHeader, type StoredTensor } from '../weights/safetensors';
import { distance, expectedOf, openGraphs } from '../weights/testing/golden-data';
import { buildModel } from './families';
import { normalLevels } from './normal-levels';
import { mixEntries, type SoftvqSizes, softvqDecoder, softvqEncoder } from './softvq-graphs';
import { failureOf } from './testing/failure';
import { Weights } from './weights';

type Tensors = Map<string, StoredTensor>;

/** A golden checkpoint, as far as building graphs needs it. */
function golden(name: string) {
  const folder = join(import.meta.dirname, 'fixtures', name);
  const file = readFileSync(join(folder, 'model.safetensors'));
  const tensors = readHeader(file.subarray(0, headerLength(file, name)), file.length, name);
  const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
  return { folder, tensors, config, expected: expectedOf(folder) };
}

const softvq = golden('softvq-tiny');
const maetok = golden('maetok-tiny');
const SOFTVQ: SoftvqSizes = {
  side: 32,
  encoderPatch: 8,
  decoderPatch: 8,
  tokens: 16,
  channels: 16,
  toPixel: 'linear',
  modulated: false,
};
const MAETOK: SoftvqSizes = { ...SOFTVQ, side: 64, encoderPatch: 16, tokens: 24, channels: 8 };

/** Runs a graph that gives `out` of `input`, a row of numbers. */
async function run(folder: string, input: Float32Array, dims: number[], graph: Graph) {
  const { data } = await readCheckpointFolder(folder);
  const session = await createNodeRuntime().load(graph.encode(), data);
  return (await session.run({ input: { data: input, dims } }, 'out')).data;
}

const weightsOf = ({ tensors }: { readonly tensors: ReadonlyMap<string, StoredTensor> }) =>
  new Weights(tensors, 'model.safetensors');

/** Every third pixel of every third row: what is kept of larger pictures. */
function thinned(picture: ArrayLike<number>, side: number): Float32Array {
  const kept = Math.ceil(side / 3);
  return Float32Array.from({ length: 3 * kept * kept }, (_, i) => {
    const [plane, row, column] = [Math.floor(i / kept ** 2), Math.floor(i / kept) % kept, i % kept];
    return picture[plane * side * side + 3 * row * side + 3 * column]!;
  });
}

async function encoded(one: typeof softvq, sizes: SoftvqSizes, picture: number, normalized?: boolean) {
  const { folder, expected } = one;
  const graph = new Graph('encoder');
  const input = graph.input('input', 'float32', [1, 3, sizes.side, sizes.side]);
  const weights = weightsOf(one);
  const latents = softvqEncoder(graph, weights, sizes, input);
  const book = { books: 4, entries: 64, temperature: 0.07, normalized: normalized ?? true };
  const result = normalized === undefined ? latents : mixEntries(graph, weights, book, latents);
  graph.output(result, 'out', 'float32');
  return run(folder, expected('image', picture) as Float32Array, [1, 3, sizes.side, sizes.side], graph);
}

async function decoded(one: typeof softvq, sizes: SoftvqSizes, picture: number) {
  const graph = new Graph('decoder');
  const input = graph.input('input', 'float32', [sizes.tokens, sizes.channels]);
  const k = graph.int32s([sizes.tokens * sizes.channels], [1]);
  const result = softvqDecoder(graph, weightsOf(one), sizes, input, k);
  graph.output(result, 'out', 'float32');
  const latent = one.expected('latent', picture) as Float32Array;
  return run(one.folder, latent, [sizes.tokens, sizes.channels], graph);
}

describe('softvq-tiny', () => {
  it('computes what the official code computes, before numbers are rounded', async () => {
    for (const picture of [0, 1]) {
      const mixed = await encoded(softvq, SOFTVQ, picture, true);
      expect(distance(mixed, softvq.expected('latent', picture))).toBeLessThan(1e-5);
      const image = await decoded(softvq, SOFTVQ, picture);
      expect(distance(image, softvq.expected('reconstruction', picture))).toBeLessThan(2e-5);
    }
  });

  it('mixes entries as they are where the config says so', async () => {
    const mixed = await encoded(softvq, SOFTVQ, 0, false);
    expect(distance(mixed, softvq.expected('latent_plain', 0))).toBeLessThan(2e-5);
  });

  it('has ids of 8 bits for every number, the nearest levels', async () => {
    const model = await openGraphs(await readCheckpointFolder(softvq.folder));
    const levels = normalLevels(8, 10).map((level) => -0.003 + 0.17 * level);
    const latent = softvq.expected('latent', 0);
    const ids = await model.encode(softvq.expected('image', 0) as Float32Array);
    expect(ids).toHaveLength(256);
    ids.forEach((id, i) => {
      const nearest = levels.reduce((best, level) =>
        Math.abs(level - latent[i]!) < Math.abs(best - latent[i]!) ? level : best,
      );
      expect(Math.abs(levels[id]! - latent[i]!)).toBeLessThan(Math.abs(nearest - latent[i]!) + 1e-5);
    });
    const off = distance(await model.decode(ids, 256), softvq.expected('reconstruction', 0));
    expect(off).toBeGreaterThan(0);
    expect(off).toBeLessThan(0.1);
  });

  it('does not look at tokens from k on', async () => {
    const model = await openGraphs(await readCheckpointFolder(softvq.folder));
    const ids = await model.encode(softvq.expected('image', 0) as Float32Array);
    const other = ids.map((id, i) => (i < 80 ? id : (id + 60) % 256));
    expect(await model.decode(other, 80)).toEqual(await model.decode(ids, 80));
    expect(distance(await model.decode(other, 96), await model.decode(ids, 96))).toBeGreaterThan(0);
  });

  it('says what it is', async () => {
    const built = await inspectCheckpointFolder(softvq.folder);
    expect(built.family).toBe('softvq');
    expect(built.description).toEqual({
      id: 'softvq-tiny',
      label: 'softvq-tiny',
      image: { width: 32, height: 32 },
      tokens: { count: 256, bits: 8, codebookSize: 256, numbers: 16, ordered: false },
    });
    const unused = 96 * 3 * 64 + 96; // the decoder's patch embedding
    const file = readFileSync(join(softvq.folder, 'model.safetensors'));
    expect(built.parameters).toBe((file.length - headerLength(file, 'softvq')) / 4 - unused);
    expect(built.multiplications.encode).toBeGreaterThan(1e6);
  });

  it('spreads levels as numbers of published codebooks are spread, where the config does not tell', async () => {
    const { folder, config, tensors } = softvq;
    const build = (vq_std: number) =>
      buildModel({ name: 'x', config: { ...config, vq_std }, tensors, path: 'model.safetensors' });
    expect(build(1).decoder).toEqual(build(0.1).decoder); // 0.4 / sqrt(16)
    expect(build(1).decoder).not.toEqual(build(0.17).decoder);
    expect(folder).toBeTruthy();
  });
});

describe('maetok-tiny', () => {
  it('computes what the official code computes, with rotations and without a class token', async () => {
    for (const picture of [0, 1]) {
      const latents = await encoded(maetok, MAETOK, picture);
      expect(distance(latents, maetok.expected('latent', picture))).toBeLessThan(2e-5);
      const image = thinned(await decoded(maetok, MAETOK, picture), 64);
      expect(distance(image, maetok.expected('reconstruction', picture))).toBeLessThan(2e-5);
    }
  });

  it.each([
    { name: 'siren', sizes: { ...MAETOK, toPixel: 'siren' as const } },
    { name: 'conv', sizes: { ...MAETOK, toPixel: 'conv' as const, decoderPatch: 16 } },
    { name: 'movq', sizes: { ...MAETOK, modulated: true } },
  ])('computes it with $name', async ({ name, sizes }) => {
    const image = thinned(await decoded(maetok, sizes, 1), 64);
    expect(distance(image, maetok.expected(`reconstruction_${name}`, 1))).toBeLessThan(2e-4);
  });

  it('says what it is', async () => {
    const built = await inspectCheckpointFolder(maetok.folder);
    expect(built.family).toBe('maetok');
    expect(built.description.tokens).toEqual({
      count: 192,
      bits: 8,
      codebookSize: 256,
      numbers: 8,
      ordered: false,
    });
  });
});

describe('a checkpoint that does not fit', () => {
  function failure(
    change: object,
    header?: (tensors: Tensors) => unknown,
    of: typeof softvq = softvq,
  ): TokenoscopeError {
    const tensors = new Map(of.tensors);
    header?.(tensors);
    return failureOf(() =>
      buildModel({ name: 'x', config: { ...of.config, ...change }, tensors, path: 'model.safetensors' }),
    );
  }

  it.each(['decoder.mask_token', 'encoder.model.blocks.1.mlp.fc2.bias', 'decoder.to_pixel.model.weight'])(
    'names the tensor that is missing: %s',
    (name) => {
      expect(failure({}, (all) => all.delete(name)).message).toBe(`The checkpoint has no tensor "${name}".`);
    },
  );

  it('names the tensor whose shape the config contradicts', () => {
    expect(failure({ image_size: 64 }).message).toBe(
      'The tensor "encoder.model.pos_embed" is 1 x 17 x 64; 1 x 65 x 64 was expected.',
    );
  });

  it.each([
    [{ dec_type: 'cnn' }, 'config.json does not fit: dec_type'],
    [{ encoder_model: 'samvit_base_patch16.sa1b' }, 'config.json does not fit: encoder_model'],
    [{ to_pixel: 'identity' }, 'config.json does not fit: to_pixel'],
    [{ vq_std: 0 }, 'config.json does not fit: vq_std'],
    [{ image_size: 36 }, 'Pictures of 36 pixels do not divide into patches of 8.'],
    [{ to_pixel: 'conv' }, 'Convolutions make patches of 16 pixels, not 8.'],
    [{ to_pixel: 'siren' }, 'Sine layers make a picture of 64 pixels out of patches of 8, not of 32.'],
    [{ use_rope: true }, 'Its rotations are not learned ones.'],
    [{ use_ape: false }, 'It has no positions.'],
  ])('refuses %j', (change, words) => {
    expect(failure(change).message).toContain(words);
  });

  it('refuses codebooks that tokens do not divide into, hard entries, and means with variances', () => {
    const book = softvq.tensors.get('quantize.embedding')!;
    const resized = (all: Tensors) => all.set('quantize.embedding', { ...book, dims: [3, 64, 16] });
    expect(failure({}, resized).message).toBe('16 tokens do not divide into 3 codebooks.');
    const hard = (all: Tensors) => {
      all.delete('quantize.embedding');
      all.set('quantize.embedding.weight', { ...book, dims: [256, 16] });
    };
    expect(failure({}, hard).message).toBe('Its tokens are hard entries of a codebook.');
    const wide = maetok.tensors.get('quant_conv.weight')!;
    const twice = (all: Tensors) => all.set('quant_conv.weight', { ...wide, dims: [16, 64] });
    expect(failure({}, twice, maetok).message).toContain('"quant_conv.weight" is 16 x 64; 8 x 64');
  });
});
