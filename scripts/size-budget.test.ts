import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labSizes } from './lib/size-budget.mjs';

let dist: string;

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'dist-'));
  mkdirSync(join(dist, '.vite'));
  mkdirSync(join(dist, 'assets'));
});
afterEach(() => rmSync(dist, { recursive: true }));

/** A built file of `length` distinct bytes or so, and its size after gzip. */
function put(name: string, length: number): number {
  const data = Array.from({ length }, (_, i) => (i * 2_654_435_761) % 997).join(' ');
  writeFileSync(join(dist, 'assets', name), data);
  return gzipSync(data, { level: 9 }).length;
}

function manifest(chunks: object): void {
  writeFileSync(join(dist, '.vite/manifest.json'), JSON.stringify(chunks));
}

describe('the size of the first load', () => {
  it('counts shell, lab and all that they import statically, once, and nothing that waits', () => {
    const shell = put('main.js', 3000) + put('shared.js', 2000) + put('deep.js', 1000);
    const image = put('image.js', 9000);
    const text = put('text.js', 700);
    const css = put('main.css', 500);
    const shared = put('shared.js', 2000) + put('deep.js', 1000);
    const embed = put('embed.js', 300) + shared;
    put('dialog.js', 4000);
    manifest({
      'index.html': {
        file: 'assets/main.js',
        isEntry: true,
        imports: ['_shared.js', '_deep.js'],
        dynamicImports: ['src/labs/image/create.ts'],
        css: ['assets/main.css'],
      },
      '_shared.js': { file: 'assets/shared.js', imports: ['_deep.js'] },
      '_deep.js': { file: 'assets/deep.js', imports: ['_shared.js'] },
      'src/labs/image/create.ts': {
        file: 'assets/image.js',
        isDynamicEntry: true,
        imports: ['_shared.js'],
        dynamicImports: ['dialog.tsx'],
      },
      'src/labs/text/create.ts': { file: 'assets/text.js', isDynamicEntry: true },
      'embed.html': { file: 'assets/embed.js', isEntry: true, imports: ['_shared.js'] },
      'dialog.tsx': { file: 'assets/dialog.js', isDynamicEntry: true },
    });
    expect(labSizes(dist)).toMatchObject([
      { lab: 'image', js: shell + image, css },
      { lab: 'embedded image', js: embed + image, css: 0 },
      { lab: 'text', js: shell + text, css },
      { lab: 'embedded text', js: embed + text, css: 0 },
    ]);
  });

  it('fails where there is nothing to measure', () => {
    expect(() => labSizes(dist)).toThrow('build the app first');
    manifest({ 'src/labs/image/create.ts': { file: 'assets/image.js', isDynamicEntry: true } });
    expect(() => labSizes(dist)).toThrow('measure nothing');
    manifest({ 'index.html': { file: 'assets/main.js', isEntry: true } });
    expect(() => labSizes(dist)).toThrow('measure nothing');
    put('main.js', 10);
    manifest({
      'index.html': { file: 'assets/main.js', isEntry: true },
      'src/labs/text/create.ts': { file: 'assets/main.js', isDynamicEntry: true },
    });
    expect(() => labSizes(dist)).toThrow('measure nothing');
  });
});
