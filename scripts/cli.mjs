// @ts-check
import './lib/require-node.mjs';
import { pathToFileURL } from 'node:url';

// Standard output belongs to the command, so all messages here go to standard error.
const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureProgram } = await import('./lib/build.mjs');

await ensureInstalled();
const file = await ensureProgram('cli', 'src/cli/run-process.ts', ['src']);
const { runProcess } = await import(pathToFileURL(file).href);
await runProcess();
