// @ts-check
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startServer } from '../serve.mjs';
import { checks } from './firefox-checks.mjs';
import { fail } from './run.mjs';

const names = ['firefox-esr', 'firefox'];
const wellKnown = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** An installed Firefox, or undefined. FIREFOX_PATH comes first. */
export function findFirefox() {
  const chosen = process.env['FIREFOX_PATH'];
  if (chosen)
    return isExecutable(chosen) ? chosen : fail(`FIREFOX_PATH is "${chosen}", which cannot be run.`);
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...wellKnown, ...onPath].find(isExecutable);
}

/**
 * Tries dist/ as it is in Firefox, which is driven through WebDriver BiDi: both labs, links, a lesson, offline.
 * @param {string} executablePath
 * @returns {Promise<{ passed: number; failed: number }>}
 */
export async function smokeFirefox(executablePath) {
  const { launch } = await import('puppeteer-core');
  const server = await startServer({ port: 0 });
  const browser = await launch({ browser: 'firefox', executablePath, headless: true });
  const counts = { passed: 0, failed: 0 };
  try {
    console.log(`      ${await browser.version()}`);
    /** @type {import('./firefox-checks.mjs').Visit} */
    const visit = { url: `${server.url}/`, browser, stopServer: () => server.close() };
    for (const { name, check } of checks) {
      const began = performance.now();
      const fault = await check(visit).then(
        () => undefined,
        (/** @type {unknown} */ error) => (error instanceof Error ? error.message : String(error)),
      );
      counts[fault === undefined ? 'passed' : 'failed'] += 1;
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${(fault === undefined ? 'ok' : 'FAIL').padEnd(6)}${name}  ${seconds} s`);
      if (fault !== undefined) console.log(`      ${fault}`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return counts;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
