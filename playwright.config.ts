import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './scripts/lib/browser.mjs';

// `npm run e2e` chooses a free one, so that two checkouts can be tested at once.
const port = Number(process.env['E2E_PORT'] ?? 4183);
const executablePath = await findBrowser();
const launch = (args: string[] = []) => ({
  launchOptions: { ...(executablePath ? { executablePath } : {}), args: [...browserArguments(), ...args] },
});

/** The production build, in real Chromium. `npm run e2e` builds it first. */
export default defineConfig({
  testDir: 'e2e',
  // By port, because a run empties its folder.
  outputDir: `test-results/${port}`,
  // One at a time: models and tokenizers use every core themselves.
  workers: 1,
  forbidOnly: true,
  reporter: [[process.env['E2E_REPORTER'] ?? 'list'], ...report()],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: `http://localhost:${port}`,
    trace: 'retain-on-failure',
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'allow',
  },
  projects: [
    { name: 'wasm', grepInvert: /@webgpu/, use: launch(['--disable-features=WebGPU']) },
    {
      // SwiftShader stands in for a GPU: right, but hundreds of times slower.
      name: 'webgpu',
      grep: /@webgpu/,
      timeout: 120_000,
      use: launch([
        '--enable-unsafe-webgpu',
        '--enable-features=Vulkan',
        '--use-vulkan=swiftshader',
        '--use-angle=swiftshader',
      ]),
    },
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
