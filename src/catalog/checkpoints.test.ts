import { describe, expect, it } from 'vitest';
import { architectures } from '../../scripts/checkpoints/architectures.mjs';
import { isRepository } from '../core/image/checkpoint-id';
import { buildModel, families, impliedConfig } from '../engine/families/families';
import { figuresOf } from '../engine/weights/figures';
import type { StoredTensor } from '../engine/weights/safetensors';
import {
  architectureName,
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

/** What scripts/checkpoints knows of a checkpoint. */
function architectureOf(checkpoint: OfficialCheckpoint) {
  return architectures[architectureName(checkpoint)]!;
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

  it.each(all)('%s costs what the graphs take that are built of its published shapes', (name, checkpoint) => {
    const { config, shapes } = architectureOf(checkpoint);
    const { parameters, multiplications, onProcessor, steps } = checkpoint;
    const said = { parameters, multiplications, onProcessor, steps };
    // `npm run figures` where they are no longer true.
    expect(JSON.parse(JSON.stringify(said))).toEqual(figuresOf(config(), shapes()));
    const tensors = tensorsOf(shapes());
    const built = buildModel({ name, config: config(), tensors, path: 'w' });
    expect(pageTokens(checkpoint)).toBe(built.description.tokens.count);
    // By these the page knows it again where it came as a file.
    expect(Math.abs(parametersOf(checkpoint) / built.parameters - 1)).toBeLessThan(0.005);
    expect(impliedConfig(tensors) ?? config()).toBeTypeOf('object');
  });

  it('are lighter on a processor where they convolve in tiles', () => {
    const lighter = all.filter(([, { onProcessor }]) => onProcessor).map(([label]) => label);
    expect(lighter).toEqual([
      'One-D-Piece-S-256',
      'One-D-Piece-B-256',
      'One-D-Piece-L-256',
      'TiTok-S-128',
      'TiTok-B-64',
      'TiTok-L-32',
    ]);
    for (const [, { multiplications, onProcessor = multiplications }] of all) {
      expect(onProcessor.encode).toBe(multiplications.encode);
      expect(onProcessor.decode).toBeLessThanOrEqual(multiplications.decode);
    }
  });
});

/** Header entries of a published architecture's tensors. */
function tensorsOf(shapes: Readonly<Record<string, readonly number[]>>): Map<string, StoredTensor> {
  const entries = Object.entries(shapes).map(
    ([name, dims]) => [name, { type: 'float32', dims, offset: 0, length: 0 }] as const,
  );
  return new Map(entries);
}
