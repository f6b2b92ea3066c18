import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { inRoot } from '../scripts/lib/paths.mjs';
import { ensurePackage } from '../scripts/package/build.mjs';
import { codeBlocks } from '../scripts/package/code-blocks.mjs';
import type * as Image from '../src/package/image';
import { PlainHost } from './support/plain-host';

/** What the worker of docs/library.md posts. */
interface Answer {
  readonly words: number[];
  readonly ids: number[];
  readonly rgba: number[];
}

/** The worker of docs/library.md, bundled. */
async function bundleWorker(): Promise<string> {
  const blocks = codeBlocks(await readFile(inRoot('docs/library.md'), 'utf8'));
  const example = blocks.find(({ language }) => language === 'js browser')!.code;
  const result = await build({
    root: inRoot(),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [
      {
        name: 'example',
        resolveId: (id) => (id === 'example' ? id : null),
        load: (id) => (id === 'example' ? example : null),
      },
    ],
    resolve: {
      alias: {
        'tokenoscope/text': inRoot('dist-package/text.js'),
        'tokenoscope/image': inRoot('dist-package/image.js'),
      },
    },
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: 'example', output: { codeSplitting: false } },
    },
  });
  const outputs = [result].flat().flatMap((part) => ('output' in part ? part.output : []));
  return outputs.flatMap((output) => (output.type === 'chunk' ? output.code : []))[0]!;
}

let folder: string;
let host: PlainHost;

test.beforeAll(async () => {
  await ensurePackage();
  folder = await mkdtemp(join(tmpdir(), 'tokenoscope-example-'));
  await writeFile(join(folder, 'worker.js'), await bundleWorker());
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Example</title>');
  await copyFile(inRoot('public/samples/cat.webp'), join(folder, 'cat.webp'));
  await symlink(inRoot('dist-package/vocabularies'), join(folder, 'vocabularies'), 'junction');
  await symlink(inRoot('dist-package/models'), join(folder, 'models'), 'junction');
  await symlink(inRoot('node_modules/onnxruntime-web/dist'), join(folder, 'ort'), 'junction');
  host = await PlainHost.start('/', folder);
});

test.afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true });
});

test('the package runs both engines in a worker of a page, as docs/library.md says', async ({ page }) => {
  await page.goto(new URL('/index.html', host.url).href);
  const answer: Answer = await page.evaluate(
    () =>
      new Promise((done, refuse) => {
        const worker = new Worker('/worker.js', { type: 'module' });
        worker.onerror = ({ message }) => refuse(new Error(message));
        worker.onmessage = ({ data: { words, ids, picture } }) =>
          done({ words: [...words], ids: [...ids], rgba: [...picture.data] });
      }),
  );
  expect(answer.words).toEqual([15496, 11, 995, 0]);
  expect(answer.ids).toHaveLength(256);

  // The same tokens give the same picture in Node.
  const inNode: typeof Image = await import(pathToFileURL(inRoot('dist-package/image.node.js')).href);
  const model = await inNode.loadImageModel('karhunen-128');
  const expected = inNode.toRgba(await model.decode(Uint32Array.from(answer.ids), 64));
  await model.release();
  const differences = answer.rgba.map((value, i) => Math.abs(value - expected[i]!));
  expect(answer.rgba).toHaveLength(expected.length);
  expect(Math.max(...differences)).toBeLessThanOrEqual(2);
  expect(new Set(answer.rgba).size).toBeGreaterThan(50);
});
