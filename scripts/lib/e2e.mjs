// @ts-check
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { ensureBrowser } from './browser.mjs';
import { ensureFixtures } from './fixtures.mjs';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';

/** @typedef {{ passed: number; failed: number; skipped: number }} Counts */

/**
 * Runs the end-to-end tests on dist/ as it is.
 * @param {readonly string[]} args for Playwright
 * @param {{ reporter: string }} options how it reports while it runs
 * @returns {Promise<Counts & { code: number }>}
 */
export async function runEndToEnd(args, { reporter }) {
  const report = inRoot('.cache', `e2e-${process.pid}.json`);
  mkdirSync(inRoot('.cache'), { recursive: true });
  ensureFixtures();
  const port = await freePort();
  const { code } = await run('playwright', ['test', ...args], {
    env: {
      CHROMIUM_PATH: await ensureBrowser(),
      E2E_PORT: String(port),
      E2E_REPORTER: reporter,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  });
  const counts = readCounts(report);
  rmSync(report, { force: true });
  // Only failures leave files behind.
  if (code === 0) rmSync(inRoot('test-results', String(port)), { recursive: true, force: true });
  return { ...counts, code };
}

/** @param {string} report @returns {Counts} */
function readCounts(report) {
  try {
    const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
    return {
      // Only tests that measure time may try again (playwright.config.ts).
      passed: stats.expected + stats.flaky,
      // Errors outside tests count too.
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done, refuse) => {
    const server = createServer().once('error', refuse);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
