import { describe, expect, it } from 'vitest';
import { architectures } from '../../scripts/checkpoints/architectures.mjs';
import { isRepository } from '../core/image/checkpoint-id';
import { buildModel, families, impliedConfig } from '../engine/families/families';
import type { StoredTensor } from '../engine/weights/safetensors';
import {
  bytesOf,
  checkpointSeries,
  type OfficialCheckpoint,
  officialOf,
  pageTokens,
  parametersOf,
  runnableSeries,
} from './checkpoints';

const ids = families.map(({ id }) => id);
const all = checkpointSeries.flatMap((series) =>
  series.checkpoints.map((checkpoint) => [checkpoint.label, checkpoint, series] as const),
);

/** Header entries of a published architecture's tensors. */
function tensorsOf(shapes: Readonly<Record<string, readonly number[]>>): Map<string, StoredTensor> {
  const entries = Object.entries(shapes).map(
    ([name, dims]) => [name, { type: 'float32', dims, offset: 0, length: 0 }] as const,
  );
  return new Map(entries);
}

/** What scripts/checkpoints knows of a checkpoint: its name there is the label in small letters. */
function architectureOf({ label }: OfficialCheckpoint) {
  return architectures[label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')];
}

describe('official checkpoints', () => {
  it('belong to files of their names, each with a place in the list', () => {
    const files = Object.keys(import.meta.glob('./checkpoints/*.ts'));
    expect(checkpointSeries.map(({ id }) => `./checkpoints/${id}.ts`).sort()).toEqual(files.sort());
    expect(new Set(checkpointSeries.map(({ order }) => order)).size).toBe(checkpointSeries.length);
    expect(new Set(all.map(([label]) => label)).size).toBe(all.length);
  });

  it('are shown where their family exists, and only there', () => {
    const shown = runnableSeries(ids);
    expect(shown.map(({ id }) => id)).toEqual(expect.arrayContaining(['one-d-piece', 'titok', 'detailflow']));
    for (const series of checkpointSeries) {
      expect(shown.includes(series)).toBe(ids.includes(series.family));
    }
    expect(runnableSeries([])).toEqual([]);
  });

  it.each(all)('%s says where it is, what it costs, and on what terms', (_, checkpoint, series) => {
    const { source, parameters, multiplications } = checkpoint;
    if (source.kind === 'hub') {
      expect(isRepository(source.repository)).toBe(true);
      expect(officialOf(source.repository)).toEqual({ series, checkpoint });
    } else expect(source.url).toMatch(/^https:/);
    expect(Math.min(parameters.encoder, parameters.decoder)).toBeGreaterThan(1e6);
    expect(Math.min(multiplications.encode, multiplications.decode)).toBeGreaterThan(1e9);
    expect(bytesOf(checkpoint, 'half') * 2).toBe(bytesOf(checkpoint, 'full'));
    expect(series.says).toMatch(/^[^.]+\.$/);
    for (const { url } of [series.paper, series.licence]) expect(url).toMatch(/^https:/);
    expect(series.licence.terms ?? 'not restricted').toMatch(/\S/);
  });

  it.each(all.filter(([, one]) => architectureOf(one)))(
    '%s has the parameters and tokens of its published shapes, and a config',
    (_, checkpoint, series) => {
      const { config, shapes } = architectureOf(checkpoint)!;
      const tensors = tensorsOf(shapes());
      const sizeOf = (dims: readonly number[]) => dims.reduce((a, b) => a * b, 1);
      const sizes = [...tensors].map(([name, { dims }]) => [name, sizeOf(dims)] as const);
      const count = sizes.reduce((sum, [, size]) => sum + size, 0);
      // A file may also hold what only training needed.
      expect(parametersOf(checkpoint)).toBeLessThanOrEqual(count);
      expect(parametersOf(checkpoint)).toBeGreaterThan(0.9 * count);
      const encoder = sizes.filter(([name]) => /^(latent_tokens$|encoder\.|quant_conv\.)/.test(name));
      if (['one-d-piece', 'titok', 'detailflow'].includes(series.id)) {
        expect(checkpoint.parameters.encoder).toBe(encoder.reduce((sum, [, size]) => sum + size, 0));
      }
      expect(impliedConfig(tensors) ?? config()).toBeTypeOf('object');
    },
  );

  it.each(all.filter(([label]) => ['One-D-Piece-S-256', 'TiTok-BL-64 VAE', 'DetailFlow-16'].includes(label)))(
    '%s takes what the graphs take that are built of it',
    (name, checkpoint) => {
      const { config, shapes } = architectureOf(checkpoint)!;
      const built = buildModel({ name, config: config(), tensors: tensorsOf(shapes()), path: 'w' });
      expect(parametersOf(checkpoint) / built.parameters).toBeCloseTo(1, 3);
      expect(pageTokens(checkpoint)).toBe(built.description.tokens.count);
      for (const what of ['encode', 'decode'] as const) {
        expect(checkpoint.multiplications[what] / built.multiplications[what]).toBeCloseTo(1, 2);
      }
    },
  );
});
