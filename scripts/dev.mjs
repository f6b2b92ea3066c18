// @ts-check
import './lib/require-node.mjs';

const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureVocabularies } = await import('./lib/build.mjs');

await ensureInstalled();
await ensureVocabularies();

const { createServer } = await import('vite');
const port = Number(process.env['PORT'] ?? 5173);
const server = await createServer({ server: { port } });
await server.listen();
server.printUrls();
server.bindCLIShortcuts({ print: true });
