// @ts-check
// `npm run build:package`: builds what `npm pack` packs into dist-package/. Not as a prepack script: .npmrc turns those off.
import './lib/require-node.mjs';

const { ensureInstalled } = await import('./lib/install.mjs');
const { ensurePackage } = await import('./package/build.mjs');

await ensureInstalled();
await ensurePackage();
