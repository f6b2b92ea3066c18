// @ts-check
import './lib/require-node.mjs';

const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureBuilt } = await import('./lib/build.mjs');

await ensureInstalled();
await ensureBuilt();
console.log('The app is in dist/.');
