// @ts-check
import './lib/require-node.mjs';

const { ensureInstalled } = await import('./lib/install.mjs');
await ensureInstalled();
const { runChecks } = await import('./lib/checks.mjs');

const { failed } = await runChecks();
process.exitCode = failed > 0 ? 1 : 0;
