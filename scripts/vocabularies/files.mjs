// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { inRoot } from '../lib/paths.mjs';
import { changedMerges, tokenizerOfMerges } from './merges-alone.mjs';

/**
 * The source of a catalogue entry's vocabulary: src/catalog/vocabulary-source.ts.
 * @typedef {import('../../src/catalog/vocabulary-source').VocabularySource} VocabularySource
 */

const require = createRequire(import.meta.url);

/**
 * The paths of a source's files on this machine.
 * @param {VocabularySource} source
 * @throws Error that names what is missing
 */
function pathsOf(source) {
  return source.files.map((file) => {
    const path = source.package ? join(packageRoot(source.package), file) : inRoot(file);
    if (!existsSync(path)) throw new Error(`${source.package ?? 'The repository'} has no file ${file}.`);
    return path;
  });
}

/**
 * The files of a source, in the format that it states. Packages with a form of their own have a converter in
 * ./packages/, named like them; of a BPE vocabulary's files, merges.txt is enough in the repository, or that of another
 * vocabulary and a merges.changes.
 * @param {VocabularySource} source
 */
export async function readFiles(source) {
  // By the repository: a program that is bundled with this file is no neighbour of the converters.
  const converter = inRoot('scripts/vocabularies/packages', `${source.package}.mjs`);
  const convert =
    source.package && existsSync(converter)
      ? (await import(/* @vite-ignore */ pathToFileURL(converter).href)).convert
      : undefined;
  const files = await Promise.all(
    pathsOf(source).map(async (path) => {
      const name = basename(path).replace(/\.br$/, '');
      if (convert) return { name, bytes: await convert(path) };
      const stored = readFileSync(path);
      return { name, bytes: path.endsWith('.br') ? brotliDecompressSync(stored) : stored };
    }),
  );
  const [first, second] = files;
  if (first?.name !== 'merges.txt' || source.format !== 'tokenizer.json') return files;
  const merges = second?.name === 'merges.changes' ? changedMerges(first.bytes, second.bytes) : first.bytes;
  return [{ name: 'tokenizer.json', bytes: tokenizerOfMerges(merges, source.description ?? {}) }];
}

/**
 * What a compiled vocabulary depends on: the version of its package and its converter, or the content of its files.
 * @param {VocabularySource} source
 */
export function versionOf(source) {
  if (!source.package) return pathsOf(source).map(hashOf).join(' ');
  const { version } = JSON.parse(readFileSync(join(packageRoot(source.package), 'package.json'), 'utf8'));
  const converter = inRoot('scripts/vocabularies/packages', `${source.package}.mjs`);
  return `${source.package}@${version} ${existsSync(converter) ? hashOf(converter) : ''}`;
}

/** @param {string} path */
function hashOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
}

/** @param {string} name */
function packageRoot(name) {
  for (const base of require.resolve.paths(name) ?? []) {
    const file = join(base, name, 'package.json');
    if (existsSync(file)) return dirname(file);
  }
  throw new Error(`The package ${name} is not installed. Run npm install.`);
}
