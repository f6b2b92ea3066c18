import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BuiltFile, offlineList } from './lib/offline-list.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'offline-'));
  for (const folder of ['src/labs/image', 'src/labs/text', 'public/samples']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  for (const name of ['a-96.webp', 'a.webp', 'b-96.webp'])
    writeFileSync(join(root, 'public/samples', name), '');
});
afterEach(() => rmSync(root, { recursive: true }));

const chunk = (more: Partial<BuiltFile> = {}): BuiltFile => ({ type: 'chunk', code: '', ...more });
const asset = (source = ''): BuiltFile => ({ type: 'asset', source });
const css = (...names: string[]) => ({ importedCss: names, importedAssets: [] });

/** A shell with two labs, of which one runs models in a worker. */
const bundle = (): Record<string, BuiltFile> => ({
  'index.html': asset(),
  'service-worker.js': chunk({ isEntry: true }),
  'assets/index-1.js': chunk({
    isEntry: true,
    imports: ['assets/shared-1.js'],
    dynamicImports: ['assets/share-1.js', 'assets/image-1.js', 'assets/text-1.js'],
    viteMetadata: css('assets/index-1.css'),
    code: '["assets/image-1.js","assets/image-1.css","assets/text-1.js"] may be loaded ahead',
  }),
  'assets/embed-1.js': chunk({
    isEntry: true,
    facadeModuleId: 'C:\\work\\embed.html',
    imports: ['assets/shared-1.js'],
    dynamicImports: ['assets/embed-image-1.js'],
  }),
  'assets/embed-image-1.js': chunk(),
  'assets/index-1.css': asset('url(geist-latin-wght-1.woff2) url(geist-latin-ext-wght-1.woff2)'),
  'assets/geist-latin-wght-1.woff2': asset(),
  'assets/geist-latin-ext-wght-1.woff2': asset(),
  'assets/shared-1.js': chunk(),
  'assets/share-1.js': chunk(),
  'assets/image-1.js': chunk({
    facadeModuleId: '/project/src/labs/image/create.ts',
    imports: ['assets/shared-1.js'],
    dynamicImports: ['assets/dialog-1.js'],
    code: 'new Worker("image.worker-1.js"); new Worker("webgpu.worker-1.js")',
    viteMetadata: css('assets/image-1.css'),
  }),
  'assets/image-1.css': asset(),
  'assets/dialog-1.js': chunk(),
  'assets/image.worker-1.js': asset('fetch("ort-1.wasm")'),
  'assets/webgpu.worker-1.js': asset('fetch("ort.asyncify-1.wasm")'),
  'assets/ort-1.wasm': asset(),
  'assets/ort.asyncify-1.wasm': asset(),
  'assets/text-1.js': chunk({
    facadeModuleId: 'C:\\work\\src\\labs\\text\\create.ts',
    dynamicImports: ['assets/pane-1.js'],
    code: 'text.worker-1.js',
  }),
  'assets/pane-1.js': chunk({ code: 'lm.worker-1.js' }),
  'assets/lm.worker-1.js': asset('fetch("ort-1.wasm")'),
  'assets/text.worker-1.js': asset('gpt2-1.bin gemma-1.bin; import(`./ranks-1.js`)'),
  'assets/ranks-1.js': asset('import"./merges-1.js"'),
  'assets/merges-1.js': asset(),
  'assets/gpt2-1.bin': asset(),
  'assets/gemma-1.bin': asset(),
  'assets/index-1.js.map': asset(),
});

it('lists the shell, and what each lab needs beside it with its first data', () => {
  writeFileSync(
    join(root, 'src/labs/image/offline.json'),
    '{"files": ["samples/*-96.webp", "samples/a.webp"]}',
  );
  writeFileSync(join(root, 'src/labs/text/offline.json'), '{"assets": ["gpt2.bin"]}');
  const { all, shell, labs } = offlineList(bundle(), root);
  expect(shell).toEqual([
    'assets/geist-latin-wght-1.woff2',
    'assets/index-1.css',
    'assets/index-1.js',
    'assets/share-1.js',
    'assets/shared-1.js',
    'favicon.svg',
  ]);
  expect(labs).toEqual({
    image: [
      'assets/dialog-1.js',
      'assets/image-1.css',
      'assets/image-1.js',
      'assets/image.worker-1.js',
      'assets/ort-1.wasm',
      'samples/a-96.webp',
      'samples/a.webp',
      'samples/b-96.webp',
    ],
    text: [
      'assets/gpt2-1.bin',
      'assets/merges-1.js',
      // Its worker, and the runtime that this leads to, come once it is used.
      'assets/pane-1.js',
      'assets/ranks-1.js',
      'assets/text-1.js',
      'assets/text.worker-1.js',
    ],
  });
  expect(all).toContain('assets/gemma-1.bin');
  expect(all).toContain('assets/embed-image-1.js');
  expect(all).not.toContain('assets/index-1.js.map');
});

it('a lab that names data which is not there stops the build', () => {
  writeFileSync(join(root, 'src/labs/text/offline.json'), '{"assets": ["klingon.bin"]}');
  expect(() => offlineList(bundle(), root)).toThrow('src/labs/text/offline.json names klingon.bin');
  writeFileSync(join(root, 'src/labs/text/offline.json'), '{"files": ["samples/z*.webp"]}');
  expect(() => offlineList(bundle(), root)).toThrow('names samples/z*.webp: there is none.');
});
