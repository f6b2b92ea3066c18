// @ts-check
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot } from '../lib/paths.mjs';

/** The models that come with the package; others are given by folder or address. */
const MODELS = ['karhunen-128'];

/**
 * Copies the data that the package works with: compiled vocabularies, MODELS, learned measures, and sample pictures in
 * the size in which experiments take them.
 * @param {string} folder
 */
export function copyData(folder) {
  copyFiles(inRoot('generated/vocabularies'), join(folder, 'vocabularies'), (name) => name.endsWith('.bin'));
  copyFiles(inRoot('public/samples'), join(folder, 'samples'), (name) => !name.includes('-96.'));
  cpSync(inRoot('public/measures'), join(folder, 'measures'), { recursive: true });
  for (const id of MODELS) copyModel(inRoot('public/models'), join(folder, 'models'), id);
}

/** @param {string} from @param {string} to @param {(name: string) => boolean} isWanted */
function copyFiles(from, to, isWanted) {
  for (const name of readdirSync(from)) if (isWanted(name)) copy(join(from, name), join(to, name));
}

/**
 * A model with the files that it shares with others, and without its golden data, which only builds are checked by.
 * @param {string} from @param {string} to @param {string} id
 */
function copyModel(from, to, id) {
  const { golden: _, ...manifest } = JSON.parse(readFileSync(join(from, id, 'manifest.json'), 'utf8'));
  const { encoder, decoder, data } = manifest.files;
  const { start, velocity, distilled } = manifest.sampler ?? {};
  for (const file of [encoder, decoder, ...data, start, velocity, distilled]) {
    if (!file) continue;
    const path = join(id, file.from ?? file.path);
    copy(join(from, path), join(to, path));
  }
  writeFileSync(join(to, id, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @param {string} from @param {string} to */
function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
