// @ts-check
import './lib/require-node.mjs';

const { ensureInstalled } = await import('./lib/install.mjs');
await ensureInstalled();
const { ensureBuilt } = await import('./lib/build.mjs');
const { runEndToEnd } = await import('./lib/e2e.mjs');

await ensureBuilt();
const { code } = await runEndToEnd(process.argv.slice(2), { reporter: 'list' });
process.exitCode = code;
