import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ortWasm from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { standardNormal } from '../../core/image/noise';
import type { AskedSampling } from '../../core/image/sampling';
import { createNodeRuntime } from '../ort/node';
import { createRuntime, type Runtime } from '../ort/runtime';
import { findGoldenDifference } from './golden';
import { openImageModel } from './model';
import { readModelFolder } from './model-folder';
import { graphsOf, parseGolden, parseManifest } from './model-store';
import { type TinyFlowFaults, tinyFlow, tinyFlowPicture } from './testing/tiny-flow';

ortWasm.env.wasm.numThreads = 1; // this build runs in Node too

async function open(runtime: Runtime = createNodeRuntime(1), faults?: TinyFlowFaults) {
  const contents = tinyFlow('tiny-flow', faults);
  const text = (name: string) => new TextDecoder().decode(contents.get(name));
  const manifest = parseManifest(text('manifest.json'), 'manifest.json');
  const golden = parseGolden(text('golden.json'), 'golden.json');
  return { golden, model: await openImageModel({ manifest, ...graphsOf(manifest, contents) }, runtime) };
}

const IDS = [15, 2, 9];
const ids = Uint32Array.from(IDS);

describe.each([
  ['node', () => createNodeRuntime(1)],
  ['wasm', () => createRuntime(ortWasm, { threads: 1, session: { executionProviders: ['wasm'] } })],
] as const)('a flow model on %s', (backend, start) => {
  it.each([
    [3, 1, 0],
    [3, 2, 0],
    [1, 2, 0],
    [2, 2, 4294967295],
    [3, 1, 7],
    [3, 'distilled', 7],
    [1, 'distilled', 0],
  ] as const)('draws at k = %i what is worked out by hand: steps %s, seed %i', async (k, steps, seed) => {
    const { model } = await open(start());
    const { data } = await model.decode(ids, k, { steps, seed });
    const expected = tinyFlowPicture(IDS, k, { steps, seed });
    expect([...data]).toEqual([...expected]);
    await model.release();
  });

  it('agrees with its golden outputs, also those of other steps and seeds', async () => {
    const { model, golden } = await open(start());
    const tolerance = golden.tolerance[backend];
    expect(await findGoldenDifference(model, golden, tolerance, 'all')).toBe(undefined);
    await model.release();
  });
});

it('comes as close to the exact flow as steps allow', async () => {
  const { model } = await open();
  const b = IDS.reduce((sum, id) => sum + id / 16, 0) + 3 / 8;
  // dx/dt = x/2 + t + b from t = 1 to 0, solved on paper.
  const exact = [...standardNormal(0, 12)].map((x) => (x + 6 + 2 * b) * Math.exp(-0.5) - 4 - 2 * b);
  const errors: number[] = [];
  for (const steps of [1, 4, 16, 256]) {
    const { data } = await model.decode(ids, 3, { steps });
    const planes = exact.map((_, i) => exact[(i % 3) * 4 + Math.floor(i / 3)]!);
    const pixels = planes.map((x) => Math.min(1, Math.max(0, 0.5 + x / 8)) * 255);
    errors.push(Math.max(...pixels.map((value, i) => Math.abs(value - data[i]!))));
  }
  expect(errors[0]).toBeGreaterThan(10);
  expect(errors[1]).toBeLessThan(errors[0]! / 3);
  expect(errors[2]).toBeLessThan(errors[1]! / 2);
  expect(errors[3]).toBeLessThan(1);
});

describe('decode', () => {
  it('takes the default steps and seed 0 where nothing is asked for', async () => {
    const { model } = await open();
    const asked = await model.decode(ids, 3, { steps: 2, seed: 0 });
    expect(await model.decode(ids, 3)).toEqual(asked);
    expect((await model.decode(ids, 3, { seed: 1 })).data).not.toEqual(asked.data);
    expect((await model.decode(ids, 3, { steps: 4 })).data).not.toEqual(asked.data);
    expect((await model.decode(Uint32Array.of(15, 2, 0), 2)).data).toEqual((await model.decode(ids, 2)).data);
  });

  it('gives each of overlapping calls its own picture', async () => {
    const { model } = await open();
    const seeds = [1, 2, 3];
    const pictures = await Promise.all(seeds.map((seed) => model.decode(ids, 3, { seed, steps: 4 })));
    for (const [i, seed] of seeds.entries()) {
      expect(pictures[i]).toEqual(await model.decode(ids, 3, { seed, steps: 4 }));
    }
  });

  it('stops between two steps when it is told to', async () => {
    const { model } = await open();
    const controller = new AbortController();
    const seen: number[] = [];
    const drawing = model.decode(ids, 3, {
      steps: 4,
      signal: controller.signal,
      onStep: (step, of) => {
        expect(of).toBe(4);
        seen.push(step);
        if (step === 2) controller.abort();
      },
    });
    await expect(drawing).rejects.toMatchObject({ code: 'aborted' });
    expect(seen).toEqual([1, 2]);
  });

  it.each([
    [{ steps: 0 }, 'Tiny flow cannot draw in 0 steps.'],
    [{ steps: 1e9 }, 'Tiny flow cannot draw in 1000000000 steps.'],
    [{ seed: -1 }, '-1 is not a seed.'],
  ] satisfies [AskedSampling, string][])('refuses %j', async (asked, message) => {
    const { model } = await open();
    await expect(model.decode(ids, 3, asked)).rejects.toMatchObject({ code: 'model-run', message });
  });
});

it('loads the distilled network only when it is asked for, and once', async () => {
  const runtime = createNodeRuntime(1);
  let loads = 0;
  const counting: Runtime = {
    ...runtime,
    load: (graph, data) => {
      loads++;
      return runtime.load(graph, data);
    },
  };
  const { model, golden } = await open(counting);
  await findGoldenDifference(model, golden, 1, 'first');
  expect(loads).toBe(4); // encoder, decoder, start, velocity
  await Promise.all([1, 2, 3].map((k) => model.decode(ids, k, { steps: 'distilled' })));
  expect(loads).toBe(5);
});

it('loads all its networks at once where its files are not kept', async () => {
  const runtime = createNodeRuntime(1);
  let loads = 0;
  const contents = tinyFlow('tiny-flow');
  const manifest = parseManifest(new TextDecoder().decode(contents.get('manifest.json')), 'manifest.json');
  const load: Runtime['load'] = (graph, data) => {
    loads++;
    return runtime.load(graph, data);
  };
  const graphs = { manifest, ...graphsOf(manifest, contents) };
  const model = await openImageModel(graphs, { ...runtime, load }, true);
  expect(loads).toBe(5); // encoder, decoder, start, velocity, distilled
  await model.decode(ids, 3, { steps: 'distilled' });
  expect(loads).toBe(5);
});

it('is checked at a visit by the longest prefix at the default steps', async () => {
  const { golden, model } = await open();
  const asked: unknown[] = [];
  const watched = {
    ...model,
    decode: (...[given, k, options]: Parameters<typeof model.decode>) => {
      asked.push([k, options]);
      return model.decode(given, k, options);
    },
  };
  expect(await findGoldenDifference(watched, golden, 1, 'first')).toBe(undefined);
  expect(asked).toEqual([[3, {}]]);
});

it('says at which steps and seed it differs from its golden data', async () => {
  const { golden, model } = await open();
  const changed = structuredClone(golden);
  const sampled = changed.cases[0]!.outputs.find(({ seed }) => seed === 5)!;
  Object.assign(sampled, { rgb: Buffer.alloc(12).toString('base64') });
  expect(await findGoldenDifference(model, changed, 1, 'all')).toMatch(
    /^"ramp" at k = 3, steps 1, seed 5 differs by \d+ of 255 levels \(at most 1 expected\)$/,
  );
});

describe('a damaged flow model', () => {
  it.each([
    [{ noise: [12] }, 'its "x" is 12 where its manifest says 1 x 12.'],
    [{ velocity: [12, 1] }, 'its "velocity" is 12 x 1 where its manifest says 1 x 12.'],
    [{ image: [1, 2, 2, 3] }, 'its "image" is 1 x 2 x 2 x 3 where its manifest says 1 x 3 x 2 x 2.'],
  ] satisfies [TinyFlowFaults, string][])('with other shapes is named: %j', async (faults, message) => {
    const { model } = await open(createNodeRuntime(1), faults);
    await expect(model.decode(ids, 3)).rejects.toMatchObject({
      code: 'model-corrupt',
      message: `Tiny flow is damaged: ${message}`,
      hint: 'Export the model again, so that its manifest and its graphs agree.',
    });
  });

  it('without one of its graphs is refused by name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tiny-flow-'));
    for (const [name, bytes] of tinyFlow()) {
      if (name !== 'velocity.onnx') await writeFile(join(folder, name), bytes);
    }
    await expect(readModelFolder(folder)).rejects.toMatchObject({
      code: 'model-fetch',
      message: `${join(folder, 'velocity.onnx')} could not be read.`,
    });
  });

  const manifest = JSON.parse(new TextDecoder().decode(tinyFlow().get('manifest.json')));
  it.each([
    [{ steps: [] }, 'sampler.steps: no number of steps to choose'],
    [{ steps: [4, 2] }, 'sampler.steps: not ascending'],
    [{ steps: [1, 2, 2] }, 'sampler.steps: not ascending'],
    [{ steps: [0, 2] }, 'sampler.steps.0: '],
    [{ steps: [2, 257] }, 'sampler.steps.1: '],
    [{ steps: [1, 2.5] }, 'sampler.steps.1: '],
    [{ default: 3 }, 'sampler: the default is not among the steps'],
    [{ default: 'distilled', distilled: undefined }, 'sampler: the default is not among the steps'],
    [{ default: 'fast' }, 'sampler.default: '],
    [{ noise: [] }, 'sampler.noise: '],
    [{ noise: [1000, 1000, 1000] }, 'sampler.noise: more than 4194304 values'],
    [{ noise: [1, -3] }, 'sampler.noise.1: '],
    [{ method: 'heun' }, 'sampler.method: '],
    [{ velocity: undefined }, 'sampler.velocity: '],
    [{ start: { path: '../start.onnx', bytes: 1, sha256: '0' } }, 'sampler.start.path: a plain file name'],
  ])('with the sampler %j is refused, and the field named', (fault, field) => {
    const json = JSON.stringify({ ...manifest, sampler: { ...manifest.sampler, ...fault } });
    expect(() => parseManifest(json, 'manifest.json')).toThrow(
      expect.objectContaining({
        code: 'model-corrupt',
        message: expect.stringContaining(`manifest.json is damaged: ${field}`),
      }),
    );
  });
});
