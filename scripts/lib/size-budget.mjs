// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @typedef {{ file: string; isEntry?: boolean; imports?: string[]; css?: string[]; assets?: string[] }} Chunk */

/** What a first visit loads before the page can work, without models, wasm and vocabularies. */
export const INITIAL_JS_BUDGET = 150 * 1024;

/**
 * Sizes of what index.html loads statically, after gzip: the entry chunk, all that it imports statically, and
 * their style sheets and fonts, by Vite's manifest. Throws where there is nothing to measure: a budget that
 * measures nothing would always be kept.
 * @param {string} dist a folder that Vite built with `build.manifest`
 */
export function initialSize(dist) {
  const path = join(dist, '.vite/manifest.json');
  if (!existsSync(path)) throw new Error(`${path} is missing: build the app first.`);
  /** @type {Record<string, Chunk>} */
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  const keys = staticImports(manifest, entries);
  const chunks = keys.flatMap((key) => manifest[key] ?? []);
  const scripts = unique(chunks.map(({ file }) => file).filter((file) => /\.m?js$/.test(file)));
  const styles = unique(chunks.flatMap(({ css = [] }) => css));
  if (scripts.length === 0)
    throw new Error(`${path} names no entry script: the budget would measure nothing.`);
  return {
    scripts: scripts.map((file) => ({ file, gzip: gzipSize(join(dist, file)) })),
    js: sum(scripts.map((file) => gzipSize(join(dist, file)))),
    css: sum(styles.map((file) => gzipSize(join(dist, file)))),
    // Browsers fetch only the subsets that a page's characters need; this is the basic Latin of each family.
    fonts: sum(fontFiles(dist).map((file) => readFileSync(join(dist, file)).length)),
  };
}

/** @param {Record<string, Chunk>} manifest @param {readonly string[]} entries */
function staticImports(manifest, entries) {
  const seen = new Set(entries);
  for (const key of seen) for (const imported of manifest[key]?.imports ?? []) seen.add(imported);
  return [...seen];
}

/** @param {string} dist */
function fontFiles(dist) {
  return readdirSync(join(dist, 'assets'))
    .filter((name) => /-latin-(?!ext).*\.woff2$/.test(name))
    .map((name) => join('assets', name));
}

/** @param {string} path */
function gzipSize(path) {
  return gzipSync(readFileSync(path), { level: 9 }).length;
}

/** @param {string[]} list */
function unique(list) {
  return [...new Set(list)];
}

/** @param {number[]} list */
function sum(list) {
  return list.reduce((total, value) => total + value, 0);
}
