// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildProgram } from '../lib/build.mjs';
import { inRoot } from '../lib/paths.mjs';
import { readFiles, versionOf } from './files.mjs';

const folder = inRoot('generated/vocabularies');
const stampFile = join(folder, 'stamp.json');

/**
 * Compiles the vocabulary of every catalogue entry that names a source into generated/vocabularies/<id>.bin, with the
 * engine's own readers. Each is skipped when neither the compiler nor its source has changed, so that calling this
 * before every build or test costs little.
 */
async function buildVocabularies() {
  mkdirSync(folder, { recursive: true });
  const inputs = ['src/core', 'src/tokenizers'];
  const compiler = await buildProgram('vocabularies', 'src/tokenizers/compiled/compile.ts', inputs);
  const catalog = await buildProgram('tokenizer-catalog', 'src/catalog/tokenizers.ts', [
    'src/catalog/tokenizers',
    'src/catalog/tokenizers.ts',
  ]);
  /** @type {typeof import('../../src/tokenizers/compiled/compile')} */
  const { compileVocabulary } = await import(pathToFileURL(compiler).href);
  /** @type {typeof import('../../src/catalog/tokenizers')} */
  const { textTokenizers } = await import(pathToFileURL(catalog).href);
  const compilerHash = hashOf(readFileSync(compiler, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, ''));
  const old = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
  /** @type {Record<string, string>} */
  const stamp = {};
  for (const { id, spec, source } of textTokenizers) {
    if (!source) continue;
    if (!('vocabulary' in spec)) throw new Error(`${id} has a source, but its spec uses no vocabulary.`);
    const file = join(folder, `${id}.bin`);
    stamp[id] = `${versionOf(source)} ${compilerHash} ${hashOf(JSON.stringify([spec.kind, source]))}`;
    if (old[id] === stamp[id] && existsSync(file)) continue;
    const started = Date.now();
    const [first, ...rest] = await readFiles(source);
    if (!first) throw new Error(`${id} names no files.`);
    const compiled = compileVocabulary(spec.kind, { ...source, files: [first, ...rest] });
    const packed = gzipSync(compiled, { level: 9 });
    packed[9] = 255; // the operating system field: the same bytes on every machine
    // Written under another name and renamed, so that a concurrent run never reads half a file.
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, packed);
    renameSync(aside, file);
    console.log(`${id}: ${(packed.length / 1024).toFixed(0)} KiB in ${Date.now() - started} ms`);
  }
  for (const name of readdirSync(folder)) {
    // The page offers every file in this folder.
    if (name.endsWith('.bin') && !Object.hasOwn(stamp, name.slice(0, -4))) rmSync(join(folder, name));
  }
  writeFileSync(stampFile, `${JSON.stringify(stamp, null, 2)}\n`);
}

/** @param {string} text */
function hashOf(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

await buildVocabularies();
