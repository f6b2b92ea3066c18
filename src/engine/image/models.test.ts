import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as ortWasm from 'onnxruntime-web/wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RgbImage } from '../../core/image/pixels';
import { createNodeRuntime } from '../ort/node';
import { createRuntime } from '../ort/runtime';
import { findGoldenDifference } from './golden';
import { type ImageModel, type ModelFiles, openImageModel } from './model';
import { readModelFolder } from './model-folder';
import { bundledModels } from './models';

ortWasm.env.wasm.numThreads = 1; // this build runs in Node too

const FOLDER = 'public/models';
const bundled = existsSync(FOLDER)
  ? readdirSync(FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
      .map((entry) => join(FOLDER, entry.name))
  : [];

/** Much quicker than `toEqual`, which looks at every value by itself. */
function same(a: RgbImage, b: RgbImage): boolean {
  return a.width === b.width && a.height === b.height && Buffer.compare(a.data, b.data) === 0;
}

/** On WASM the page itself compares these, on every visit, and the end-to-end tests open each of them. */
const LEFT_TO_THE_PAGE = new Set(['fixed-32', 'glyphs', 'karhunen-64', 'ladder-128']);

function runtimesFor(id: string) {
  const all = [
    ['node', () => createNodeRuntime()],
    ['wasm', () => createRuntime(ortWasm, { threads: 1, session: { executionProviders: ['wasm'] } })],
  ] as const;
  return all.filter(([backend]) => backend === 'node' || !LEFT_TO_THE_PAGE.has(id));
}

it('lists every folder of public/models', () => {
  expect(bundledModels.map(({ id }) => id)).toEqual(bundled.map((folder) => basename(folder)).sort());
});

it('keeps what models share once, named by its content, and nothing that none names', () => {
  const folders = [...bundled, join(FOLDER, 'shared')];
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const hashes = files.map((path) => createHash('sha256').update(readFileSync(path)).digest('hex'));
  expect(hashes.filter((hash, i) => hashes.indexOf(hash) !== i)).toEqual([]);
  const named = bundledModels.flatMap((model) => model.files.flatMap(({ from }) => from ?? []));
  const shared = readdirSync(join(FOLDER, 'shared')).map((name) => `../shared/${name}`);
  expect(shared).toEqual([...new Set(named)].sort());
});

// The contract of docs/adding-an-image-model.md; the toy model keeps it honest about small shapes.
describe.each(['src/engine/image/fixtures/toy-16', ...bundled])('%s', (folder) => {
  let files: ModelFiles;
  let onNode: ImageModel;
  beforeAll(async () => {
    files = await readModelFolder(folder);
    // Once for all that looks at it: to open a model takes longer than most of its runs.
    onNode = await openImageModel(files, createNodeRuntime());
  });
  afterAll(() => onNode?.release());

  it('has a manifest that agrees with its folder, and golden data', () => {
    const { manifest, golden } = files;
    expect(manifest.id).toBe(basename(folder));
    expect(2 ** manifest.tokens.bits).toBeGreaterThanOrEqual(manifest.tokens.codebookSize);
    expect(manifest.golden).toBeDefined();
    for (const example of golden!.cases) {
      expect(example.ids).toHaveLength(manifest.tokens.count);
      expect(Math.max(...example.ids)).toBeLessThan(manifest.tokens.codebookSize);
      expect(example.outputs.length).toBeGreaterThan(0);
    }
    // What the page checks at every visit needs the full length in the first case.
    const usual = golden!.cases[0]!.outputs.filter((o) => o.steps === undefined && o.seed === undefined);
    expect(usual.map(({ k }) => k)).toContain(manifest.tokens.count);
  });

  // WebGPU needs a browser: there the page itself compares, on every visit (e2e, project webgpu).
  it.each(runtimesFor(basename(folder)))(
    'gives the ids and pixels of the Python reference on %s',
    async (backend, start) => {
      const model = backend === 'node' ? onNode : await openImageModel(files, start());
      // What the page checks at every visit. All the rest takes five seconds of processor.
      const how = backend === 'wasm' && bundled.includes(folder) ? 'first' : 'all';
      const tolerance = files.golden!.tolerance[backend];
      expect(await findGoldenDifference(model, files.golden!, tolerance, how)).toBe(undefined);
      if (model !== onNode) await model.release();
    },
    60_000,
  ); // samplers run dozens of networks

  it('ignores tokens from k on, and refuses what is out of range', async () => {
    const { count, codebookSize, ordered } = files.manifest.tokens;
    const model = onNode;
    const ids = Uint32Array.from(files.golden!.cases[0]!.ids);
    const k = ordered ? Math.ceil(count / 2) : count;
    const whole = await model.decode(ids, k);
    if (ordered) {
      expect(same(await model.decode(ids.slice(0, k), k), whole)).toBe(true);
      const changed = ids.map((id, i) => (i < k ? id : (id + 1) % codebookSize));
      expect(same(await model.decode(changed, k), whole)).toBe(true);
      const first = ids.map((id, i) => (i === k - 1 ? (id + codebookSize / 2) % codebookSize : id));
      expect(same(await model.decode(first, k), whole)).toBe(false);
    }
    const outOfRange = { code: 'model-run' };
    await expect(model.decode(ids, 0)).rejects.toMatchObject(outOfRange);
    await expect(model.decode(ids, count + 1)).rejects.toMatchObject(outOfRange);
    await expect(model.decode(ids.fill(codebookSize, 0, 1), k)).rejects.toMatchObject(outOfRange);
  });
});
