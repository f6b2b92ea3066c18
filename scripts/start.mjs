// @ts-check
import './lib/require-node.mjs';

const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureBuilt } = await import('./lib/build.mjs');
const { fail } = await import('./lib/run.mjs');
const { startServer } = await import('./serve.mjs');

const port = Number(process.env['PORT'] ?? 4173);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  fail(`PORT is "${process.env['PORT']}", which is not a port number. Try PORT=8080 npm start.`);
}

await ensureInstalled();
await ensureBuilt();

try {
  const { url } = await startServer({ port });
  console.log(`Tokenoscope is ready: ${url}`);
} catch (error) {
  const code = /** @type {NodeJS.ErrnoException} */ (error).code;
  if (code === 'EADDRINUSE') {
    fail(`Port ${port} is in use by another program. End that one, or try PORT=${port + 1} npm start.`);
  }
  if (code === 'EACCES') fail(`Port ${port} needs more rights. Try PORT=8080 npm start.`);
  throw error;
}
