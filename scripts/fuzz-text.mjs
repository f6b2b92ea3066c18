// @ts-check
import './lib/require-node.mjs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

// Compares the text engine with tiktoken and Hugging Face's library:
//   npm run fuzz:text -- [texts] [first seed] [--only part of a comparison's name]
// Continue an interrupted run with --only, or with a later first seed.
const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureProgram } = await import('./lib/build.mjs');

await ensureInstalled();
const file = await ensureProgram('fuzz-text', 'bench/text/fuzz.ts', ['src', 'bench']);
const { fuzz } = await import(pathToFileURL(file).href);
const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const [count = '20000', seed = '0'] = positionals;
const options = { count: Number(count), firstSeed: Number(seed), ...values };
const agreed = await fuzz(options, (/** @type {string} */ line) => console.log(line));
process.exit(agreed ? 0 : 1);
