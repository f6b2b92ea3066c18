import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelManifest } from '../../core/image/manifest';
import { runningFiles } from '../../core/image/running-files';
import { inspectCheckpoint } from '../weights/inspect';
import { readModelFolder } from './model-folder';
import { fetchModel, parseManifest } from './model-store';

const TOY = 'src/engine/image/fixtures/toy-16';
const weights = readFileSync(join(TOY, 'weights.bin'));
const name = `${createHash('sha256').update(weights).digest('hex').slice(0, 16)}.bin`;

let models: string;
let server: Server;
let modelsUrl: string;
let requests: string[];

/** Two models that share their weights, as training/ writes them. */
beforeEach(async () => {
  models = mkdtempSync(join(tmpdir(), 'models-'));
  mkdirSync(join(models, 'shared'));
  for (const id of ['one', 'two']) {
    cpSync(TOY, join(models, id), { recursive: true });
    const path = join(models, id, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as ModelManifest;
    const data = manifest.files.data.map((file) => ({ ...file, from: `../shared/${name}` }));
    writeFileSync(path, JSON.stringify({ ...manifest, id, files: { ...manifest.files, data } }));
    renameSync(join(models, id, 'weights.bin'), join(models, 'shared', name));
  }
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.url!);
    try {
      response.end(readFileSync(join(models, request.url!.replace('/models/', ''))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  modelsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/models/`;
});

afterEach(() => {
  rmSync(models, { recursive: true });
  server.closeAllConnections();
  server.close();
});

describe('weights that models share', () => {
  it('are read from their place beside the folders', async () => {
    expect((await readModelFolder(join(models, 'one'))).data).toEqual([
      { path: 'weights.bin', bytes: weights },
    ]);
  });

  it('are fetched once, also by two models at the same time, and both hear of the progress', async () => {
    const loaded: number[][] = [[], []];
    const opened = await Promise.all(
      ['one', 'two'].map((id, i) =>
        fetchModel(modelsUrl, id, undefined, (progress) => loaded[i]!.push(progress.loaded)),
      ),
    );
    for (const { data } of opened) expect(data[0]).toMatchObject({ path: 'weights.bin' });
    expect(requests.filter((url) => url.endsWith('.bin'))).toEqual([`/models/shared/${name}`]);
    expect(loaded.map((progress) => progress.at(-1))).toEqual(
      opened.map(({ manifest }) =>
        [...runningFiles(manifest), manifest.golden!].reduce((sum, { bytes }) => sum + bytes, 0),
      ),
    );
  });

  it('go on for one who waits when the other leaves', async () => {
    const leaving = new AbortController();
    const first = fetchModel(modelsUrl, 'one', leaving.signal, () => leaving.abort());
    const second = fetchModel(modelsUrl, 'two', undefined, () => {});
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    expect((await second).data[0]!.bytes).toHaveLength(weights.length);
  });

  it('may lie beside the manifest of a folder that was taken elsewhere, in Node, on a site and among files', async () => {
    renameSync(join(models, 'shared', name), join(models, 'one', 'weights.bin'));
    expect((await readModelFolder(join(models, 'one'))).data[0]!.bytes).toHaveLength(weights.length);
    const plan = await inspectCheckpoint({ kind: 'url', folder: `${modelsUrl}one/`, weights: null });
    expect(plan.files.map(({ from }) => 'url' in from && from.url)).toContain(`${modelsUrl}one/weights.bin`);
    const files = ['manifest.json', ...plan.files.map(({ path }) => path)].map((path) => ({
      name: path,
      content: new Blob([readFileSync(join(models, 'one', path))]),
    }));
    expect((await inspectCheckpoint({ kind: 'files', files })).id).toBe(plan.id);
  });

  it('are found where they are shared on a site, and under their own name among files', async () => {
    const plan = await inspectCheckpoint({ kind: 'url', folder: `${modelsUrl}one/`, weights: null });
    expect(plan.files.map(({ from }) => 'url' in from && from.url)).toContain(`${modelsUrl}shared/${name}`);
    const files = ['manifest.json', 'encoder.onnx', 'decoder.onnx', 'golden.json'].map((path) => ({
      name: path,
      content: new Blob([readFileSync(join(models, 'one', path))]),
    }));
    await expect(inspectCheckpoint({ kind: 'files', files })).rejects.toThrow(/names weights.bin/);
    const whole = await inspectCheckpoint({
      kind: 'files',
      files: [...files, { name, content: new Blob([weights]) }],
    });
    expect(whole.files.map(({ path }) => path)).toContain('weights.bin');
  });

  it('that are missing are named, with what to do', async () => {
    rmSync(join(models, 'shared', name));
    await expect(readModelFolder(join(models, 'one'))).rejects.toMatchObject({
      code: 'model-fetch',
      message: `${join(models, 'shared', name)} could not be read.`,
      hint: expect.stringContaining('copy the folder `shared`'),
    });
  });

  it.each([
    [`../shared/${'0'.repeat(16)}.bin`, 'named by the first 16 hex digits'],
    ['../../secret.bin', 'a file of ../shared'],
    ['https://elsewhere.example/weights.bin', 'a file of ../shared'],
  ])('lie nowhere else: %s is refused', (from, words) => {
    const manifest = JSON.parse(readFileSync(join(TOY, 'manifest.json'), 'utf8')) as ModelManifest;
    manifest.files.data[0]!.from = from;
    expect(() => parseManifest(JSON.stringify(manifest), 'manifest.json')).toThrow(words);
  });
});
