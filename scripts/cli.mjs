// @ts-check
import './lib/require-node.mjs';
import { pathToFileURL } from 'node:url';

// Standard output belongs to the command, so all messages here go to standard error.
const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureProgram } = await import('./lib/build.mjs');

// A reader that stops early (`| head`) is not a failure.
process.stdout.on('error', (error) => {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPIPE') throw error;
  process.exit();
});

await ensureInstalled();
const file = await ensureProgram('cli', 'src/cli/main.ts', ['src']);
const { main } = await import(pathToFileURL(file).href);
process.exitCode = await main(process.argv.slice(2));
await drained(process.stdout);
await drained(process.stderr);
// Native sessions may keep threads alive; all output has been flushed by now.
process.exit();

/** Resolves when all output is flushed, also into a slow pipe. @param {NodeJS.WriteStream} stream */
function drained(stream) {
  return new Promise((done) => stream.write('', done));
}
