// @ts-check
// `npm run build:package`, and before `npm pack`: builds what the package holds into dist-package/.
import './lib/require-node.mjs';

const { ensureInstalled } = await import('./lib/install.mjs');
const { ensurePackage } = await import('./package/build.mjs');

await ensureInstalled();
await ensurePackage();
