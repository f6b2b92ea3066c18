// @ts-check
import './lib/require-node.mjs';

const { ensureInstalled } = await import('./lib/install.mjs');
await ensureInstalled();
const { ensureBuilt } = await import('./lib/build.mjs');
const { findFirefox, smokeFirefox } = await import('./lib/firefox.mjs');
const { fail } = await import('./lib/run.mjs');

const firefox =
  findFirefox() ??
  fail(
    'There is no Firefox here. Install one (Debian: apt-get install firefox-esr), or name one with FIREFOX_PATH.',
  );
await ensureBuilt();
const { failed } = await smokeFirefox(firefox);
process.exitCode = failed > 0 ? 1 : 0;
