import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ManifestFile } from '../../core/image/manifest-file';
import { createNodeRuntime } from '../ort/node';
import { type Eye, likeliest, openEye } from './eye';
import { fetchEye, parseEye } from './eye-files';

const FOLDER = 'public/eye';

interface Case {
  readonly name: string;
  readonly rgb: string;
  readonly probabilities: number[];
  readonly classToken: number[];
  /** Of the last layer, [heads, tokens]. */
  readonly attention: number[];
}

const text = readFileSync(join(FOLDER, 'manifest.json'), 'utf8');
const manifest = parseEye(text, 'eye/manifest.json');
const golden: { readonly cases: Case[]; readonly tolerance: number } = JSON.parse(
  gunzipSync(readFileSync(join(FOLDER, manifest.golden.path))).toString(),
);

function read({ path, bytes, sha256 }: ManifestFile): Uint8Array {
  const file = readFileSync(join(FOLDER, path));
  expect([file.length, createHash('sha256').update(file).digest('hex')]).toEqual([bytes, sha256]);
  return file;
}

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('the eye', () => {
  let eye: Eye;
  beforeAll(async () => {
    read(manifest.golden);
    const { graph, data } = manifest.files;
    const files = data.map((file) => ({ path: file.path, bytes: read(file) }));
    eye = await openEye({ manifest, graph: read(graph), data: files }, createNodeRuntime(1));
  });
  afterAll(() => eye.release());

  const picture = ({ rgb }: Case) => ({
    ...manifest.image,
    data: new Uint8Array(Buffer.from(rgb, 'base64')),
  });

  it('sees what the Python reference saw', async () => {
    expect(golden.cases.length).toBeGreaterThan(1);
    for (const example of golden.cases) {
      const seen = await eye.see(picture(example), ['probabilities', 'class_token', 'attention']);
      const last = seen.attention.subarray(-example.attention.length);
      expect(farthest(seen.probabilities, example.probabilities), example.name).toBeLessThan(
        golden.tolerance,
      );
      expect(farthest(seen.class_token, example.classToken), example.name).toBeLessThan(golden.tolerance);
      expect(farthest(last, example.attention), example.name).toBeLessThan(golden.tolerance);
    }
  });

  it('knows writing when it sees it', async () => {
    const written = golden.cases.find(({ name }) => name === 'writing')!;
    const { probabilities } = await eye.see(picture(written), ['probabilities']);
    expect(likeliest(manifest, probabilities, 3)[0]).toMatchObject({ name: 'writing' });
    expect(sum(probabilities)).toBeCloseTo(1, 3);
  });

  it('gives every output in the shape that it declares', async () => {
    const { image, patch, width, depth, heads } = manifest;
    const patches = (image.width / patch) * (image.height / patch);
    const seen = await eye.see(picture(golden.cases[0]!), ['patches', 'attention', 'keys', 'layers']);
    expect(seen.patches).toHaveLength(patches * width);
    expect(seen.keys).toHaveLength(depth * patches * width);
    expect(seen.layers).toHaveLength(depth * (1 + patches) * width);
    for (let head = 0; head < depth * heads; head++) {
      const row = seen.attention.subarray(head * (1 + patches), (head + 1) * (1 + patches));
      expect(sum(row)).toBeCloseTo(1, 3);
    }
  });

  it('refuses a picture of another size, and says which it takes', async () => {
    const small = { width: 8, height: 8, data: new Uint8Array(192) };
    await expect(eye.see(small, ['probabilities'])).rejects.toMatchObject({
      code: 'model-run',
      message: 'Eye sees pictures of 256 × 256, and this one has 8 × 8.',
    });
  });

  it('gives up when asked to', async () => {
    const signal = AbortSignal.abort();
    await expect(eye.see(picture(golden.cases[0]!), ['probabilities'], signal)).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});

it('names the field of a damaged description', () => {
  const damaged = { ...JSON.parse(text), heads: 0 };
  expect(() => parseEye(JSON.stringify(damaged), 'eye/manifest.json')).toThrow(/eye\/manifest.json.*heads/);
  expect(() => parseEye('<html>', 'eye/manifest.json')).toThrow('it is not JSON');
});

it('is fetched as one, each file checked, with progress over all of them', async () => {
  vi.stubGlobal('fetch', async (url: string | URL) => {
    return new Response(readFileSync(join(FOLDER, basename(new URL(url).pathname))));
  });
  const progress: number[] = [];
  const files = await fetchEye('https://example.org/eye/', undefined, ({ loaded, total }) => {
    progress.push(loaded / (total ?? 0));
  });
  expect(files.manifest).toEqual(manifest);
  expect([files.graph, ...files.data.map(({ bytes }) => bytes)].map(({ length }) => length)).toEqual(
    [manifest.files.graph, ...manifest.files.data].map(({ bytes }) => bytes),
  );
  expect(progress.at(-1)).toBe(1);
});
