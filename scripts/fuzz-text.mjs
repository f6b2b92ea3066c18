// @ts-check
import './lib/require-node.mjs';
import { pathToFileURL } from 'node:url';

// Compares the text engine with tiktoken and Hugging Face's library: npm run fuzz:text -- [texts] [first seed]
const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureProgram } = await import('./lib/build.mjs');

await ensureInstalled();
const file = await ensureProgram('fuzz-text', 'bench/text/fuzz.ts', ['src', 'bench']);
const { fuzz } = await import(pathToFileURL(file).href);
const [count = '20000', seed = '0'] = process.argv.slice(2);
const agreed = await fuzz(Number(count), Number(seed), (/** @type {string} */ line) => console.log(line));
process.exit(agreed ? 0 : 1);
