// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @typedef {{ file: string; isEntry?: boolean; imports?: string[]; css?: string[]; assets?: string[] }} Chunk */

/**
 * Bytes of JavaScript, after gzip, that a first visit loads until a lab is usable: the shell and that lab's own chunk,
 * without workers, models, wasm and vocabularies. Labs that are not named have the smallest budget. The image lab's is
 * what it takes (133.5 KiB, embedded 129.9), rounded up: what is new there loads later.
 * @type {Readonly<Record<string, number>>}
 */
const LAB_BUDGETS = { image: 133.75 * 1024, text: 126.75 * 1024 };
const OTHER_BUDGET = 110 * 1024;

/**
 * The same for embed.html, which has no shell but the same chunk of each lab: to divide it would cost both pages more.
 * @type {Readonly<Record<string, number>>}
 */
const EMBED_BUDGETS = { image: 130 * 1024, text: 123 * 1024 };

/**
 * What a first visit of each lab loads, by Vite's manifest: the entry chunk, the lab's own (src/labs/<id>/create.ts),
 * and all that they import statically; and the same where it is embedded (embed.html).
 * Throws if there is nothing to measure: a budget that measures nothing would always pass.
 * @param {string} dist a folder that Vite built with `build.manifest`
 * @returns {{ lab: string; budget: number; js: number; css: number; scripts: { file: string; gzip: number }[] }[]} bytes
 * after gzip
 */
export function labSizes(dist) {
  const path = join(dist, '.vite/manifest.json');
  if (!existsSync(path)) throw new Error(`${path} is missing: build the app first.`);
  /** @type {Record<string, Chunk>} */
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const labs = Object.keys(manifest).flatMap((key) => {
    const [, lab] = /^src\/labs\/([^/]+)\/create\.tsx?$/.exec(key) ?? [];
    return lab ? [{ lab, key }] : [];
  });
  if (!manifest['index.html'] || !manifest['embed.html'] || labs.length === 0) {
    throw new Error(`${path} names no page or no lab: the budget would measure nothing.`);
  }
  return labs.flatMap(({ lab, key }) => {
    const budget = LAB_BUDGETS[lab] ?? OTHER_BUDGET;
    const whole = { lab, budget, ...sizeOf(dist, manifest, ['index.html', key]) };
    const alone = EMBED_BUDGETS[lab];
    if (alone === undefined) return [whole];
    return [whole, { lab: `embedded ${lab}`, budget: alone, ...sizeOf(dist, manifest, ['embed.html', key]) }];
  });
}

/** @param {string} dist @param {Record<string, Chunk>} manifest @param {readonly string[]} entries */
function sizeOf(dist, manifest, entries) {
  const chunks = staticImports(manifest, entries).flatMap((key) => manifest[key] ?? []);
  const files = unique(chunks.map(({ file }) => file).filter((file) => /\.m?js$/.test(file)));
  const styles = unique(chunks.flatMap(({ css = [] }) => css));
  const scripts = files.map((file) => ({ file, gzip: gzipSize(join(dist, file)) }));
  return {
    scripts,
    js: sum(scripts.map(({ gzip }) => gzip)),
    css: sum(styles.map((file) => gzipSize(join(dist, file)))),
  };
}

/** @param {Record<string, Chunk>} manifest @param {readonly string[]} entries */
function staticImports(manifest, entries) {
  const seen = new Set(entries);
  for (const key of seen) for (const imported of manifest[key]?.imports ?? []) seen.add(imported);
  return [...seen];
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
