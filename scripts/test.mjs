// @ts-check
import './lib/require-node.mjs';

const { ensureInstalled } = await import('./lib/install.mjs');
await ensureInstalled();
const { ensureBrowser } = await import('./lib/browser.mjs');
const { ensureBuilt } = await import('./lib/build.mjs');
const { runChecks } = await import('./lib/checks.mjs');
const { runEndToEnd } = await import('./lib/e2e.mjs');
const { findFirefox, smokeFirefox } = await import('./lib/firefox.mjs');

// Whatever ends this program early is a failure that must be counted, too.
let closing = '0 passed, 1 failed';
process.on('exit', () => console.log(`\n${closing}`));

// First, because without it half of the tests cannot run.
await ensureBrowser();
console.log('Checks and unit tests; end-to-end tests in Chromium as soon as the app is built');
const built = ensureBuilt();
// Pages wait for their network and timers, unit tests do not: each uses what the other leaves of the processors.
const [checks, browser] = await Promise.all([
  runChecks({ built }),
  built.then(() => runEndToEnd([], { reporter: 'list' })),
]);

const firefox = findFirefox();
console.log('\nSmoke test in Firefox');
if (!firefox) console.log('skipped: there is no Firefox here (Debian: apt-get install firefox-esr)');
const smoke = firefox ? await smokeFirefox(firefox) : { passed: 0, failed: 0 };

const passed = checks.passed + browser.passed + smoke.passed;
const skipped = checks.skipped + browser.skipped + (firefox ? 0 : 1);
let failed = checks.failed + browser.failed + smoke.failed;
// Playwright also fails without a failed test: no tests found, the server did not start.
if (browser.code !== 0 && browser.failed === 0) failed += 1;
if (browser.passed === 0 && browser.failed === 0) failed += 1;

closing = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
process.exitCode = failed > 0 ? 1 : 0;
