import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { BuiltFile } from './lib/offline-list.mjs';
import { offlineParts } from './lib/offline-parts.mjs';

const root = join(import.meta.dirname, '..');
const file = (source: string): BuiltFile => ({ type: 'asset', source });
const parts = offlineParts(
  {
    'index.html': file('<html>'),
    'other.html': file('<html>é'),
    _headers: file('not a page'),
    'assets/index-1.js': { type: 'chunk', code: 'hello' },
    'assets/index-1.js.map': file('{}'),
    'assets/gpt2-1.bin': file('12'),
    'assets/ort-1.wasm': file('123'),
    'assets/ort.asyncify-1.wasm': file('1234'),
    'assets/image-webgpu.worker-1.js': { type: 'chunk', code: '12345' },
  },
  root,
);
const find = (id: string) => parts.find((part) => part.id === id)!;

it('puts each built file into one part, with its size in bytes', () => {
  expect(find('app').files).toEqual(
    expect.arrayContaining([
      ['./', 6],
      ['other.html', 8],
      ['assets/index-1.js', 5],
      ['favicon.svg', statSync(join(root, 'public/favicon.svg')).size],
    ]),
  );
  expect(find('runtime').files).toEqual([['assets/ort-1.wasm', 3]]);
  expect(find('webgpu').needs).toBe('webgpu');
  expect(find('webgpu').files).toEqual([
    ['assets/ort.asyncify-1.wasm', 4],
    ['assets/image-webgpu.worker-1.js', 5],
  ]);
  expect(find('tokenizers').files).toEqual([['assets/gpt2-1.bin', 2]]);
  const paths = parts.flatMap(({ files }) => files.map(([path]) => path));
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.filter((path) => /_headers|\.map$|index\.html/.test(path))).toEqual([]);
});

it('lists every file of every model and measure once, at its address and with its size', () => {
  const files = parts.filter(({ store }) => store === 'models').flatMap(({ files }) => files);
  expect(files.length).toBeGreaterThan(20);
  for (const [path, bytes, sha256] of files) {
    expect(existsSync(join(root, 'public', path)), path).toBe(true);
    expect(statSync(join(root, 'public', path)).size, path).toBe(bytes);
    expect(sha256 === undefined, path).toBe(/\/(manifest|measure)\.json$/.test(path));
  }
  expect(find('shared').label).toMatch(/^Shared by .*Karhunen 128/);
});
