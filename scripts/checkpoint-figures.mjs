// @ts-check
import './lib/require-node.mjs';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

// Counts parameters and multiplications of every published architecture by building its graphs.
const { ensureInstalled } = await import('./lib/install.mjs');
await ensureInstalled();
const { buildProgram } = await import('./lib/build.mjs');
const { inRoot } = await import('./lib/paths.mjs');
const { architectures } = await import('./checkpoints/architectures.mjs');

const file = 'src/catalog/checkpoints/figures.json';
const program = await buildProgram('figures', 'src/engine/weights/figures.ts', ['src/engine', 'src/core']);
/** @type {{ figuresOf: (config: unknown, shapes: import('./checkpoints/shapes.mjs').Shapes) => object }} */
const { figuresOf } = await import(pathToFileURL(program).href);
const lines = Object.entries(architectures).map(
  ([name, { config, shapes }]) =>
    `  ${JSON.stringify(name)}: ${JSON.stringify(figuresOf(config(), shapes()))}`,
);
writeFileSync(inRoot(file), `{\n${lines.join(',\n')}\n}\n`);
console.log(file);
