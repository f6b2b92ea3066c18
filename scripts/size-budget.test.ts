import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initialSize } from './lib/size-budget.mjs';

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
  it('counts the entry and all that it imports statically, once, and nothing that waits', () => {
    const js = put('main.js', 3000) + put('shared.js', 2000) + put('deep.js', 1000);
    const css = put('main.css', 500);
    put('lab.js', 9000);
    manifest({
      'index.html': {
        file: 'assets/main.js',
        isEntry: true,
        imports: ['_shared.js', '_deep.js'],
        dynamicImports: ['lab.tsx'],
        css: ['assets/main.css'],
      },
      '_shared.js': { file: 'assets/shared.js', imports: ['_deep.js'] },
      '_deep.js': { file: 'assets/deep.js', imports: ['_shared.js'] },
      'lab.tsx': { file: 'assets/lab.js', isDynamicEntry: true, imports: ['_shared.js'] },
    });
    expect(initialSize(dist)).toMatchObject({ js, css });
  });

  it('fails where there is nothing to measure', () => {
    expect(() => initialSize(dist)).toThrow('build the app first');
    manifest({ 'lab.tsx': { file: 'assets/lab.js', isDynamicEntry: true } });
    expect(() => initialSize(dist)).toThrow('measure nothing');
  });
});
