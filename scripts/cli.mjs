// @ts-check
import './lib/require-node.mjs';
import { pathToFileURL } from 'node:url';

// Standard output belongs to the command: everything here that has something to say uses standard error.
const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureProgram } = await import('./lib/build.mjs');

// A reader that has seen enough (`| head`) is no failure.
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
// Native sessions may keep threads alive; what was written has left by now.
process.exit();

/** Resolves when all that was written has left, also into a slow pipe. @param {NodeJS.WriteStream} stream */
function drained(stream) {
  return new Promise((done) => stream.write('', done));
}
