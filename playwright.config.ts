import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './scripts/lib/browser.mjs';

// `npm run e2e` chooses a free one, so that two checkouts can be tested at once.
const port = Number(process.env['E2E_PORT'] ?? 4183);
const executablePath = await findBrowser();
const launch = (args: string[] = []) => ({
  launchOptions: { ...(executablePath ? { executablePath } : {}), args: [...browserArguments(), ...args] },
});

/**
 * WASM is compiled by V8's baseline compiler, and by the optimizing one only where a function has run for about a second: a
 * page of a test lives for seconds, and optimizing all that runs now and then (the default) costs two to three seconds of a
 * processor in every page. And the heap begins with room for what a page needs, instead of growing through a dozen
 * collections.
 */
const BASELINE = '--js-flags=--wasm-tiering-budget=1000000000,--min-semi-space-size=16';

/**
 * Chromium's own suggestions under its address bar are pages, which each window of a test loads anew: a second of a
 * processor that no visitor of a test's page sees. (Of two lists of features the browser reads the last.)
 */
const WITHOUT_OWN_PAGES = '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup';

const WASM = launch([`${WITHOUT_OWN_PAGES},WebGPU`, BASELINE]);

/** The production build, in real Chromium. `npm run e2e` builds it first. */
export default defineConfig({
  testDir: 'e2e',
  // By port, because a run empties its folder.
  outputDir: `test-results/${port}`,
  // Three pages at a time: one waits, for its network or a timer, while the others compute.
  workers: 3,
  forbidOnly: true,
  // Once more where a busy machine was too slow for a test; the list names it as flaky.
  retries: 1,
  reporter: [[process.env['E2E_REPORTER'] ?? 'list'], ...report()],
  // Limits for what hangs: how long things take on a busy machine decides nothing.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  use: {
    baseURL: `http://localhost:${port}`,
    // Recording every test costs time: `npm run e2e -- --trace retain-on-failure` where one is needed.
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'allow',
    // Nothing moves but in the tests of what moves: pictures of movements are drawn by the processor here.
    contextOptions: { reducedMotion: 'reduce' },
  },
  projects: [
    // In this order: the longest first, and at the end, alone, what measures time.
    {
      // SwiftShader stands in for a GPU: right, but hundreds of times slower.
      name: 'webgpu',
      grep: /@webgpu/,
      timeout: 300_000,
      use: launch([
        WITHOUT_OWN_PAGES,
        BASELINE,
        '--enable-unsafe-webgpu',
        '--enable-features=Vulkan',
        '--use-vulkan=swiftshader',
        '--use-angle=swiftshader',
      ]),
    },
    { name: 'wasm', grepInvert: /@webgpu|@timed/, use: WASM },
    // The processor time of a task depends on what the core's other thread does, so these may try again.
    { name: 'timed', grep: /@timed/, retries: 2, workers: 1, use: WASM },
  ],
  webServer: {
    command: `node scripts/serve.mjs ${port}`,
    url: `http://localhost:${port}`,
    reuseExistingServer: false,
  },
});

/** The counts that `npm test` adds up. */
function report(): [string][] {
  return process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['json']] : [];
}
