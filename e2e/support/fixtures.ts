import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';

/** Watches what a page says on its console, and what it fails to catch. */
class ConsoleWatch {
  readonly #seen: string[] = [];
  readonly #allowed: RegExp[] = [
    // Chromium's own remark when a page asks for WebGPU where there is none; pages cannot prevent it.
    /^warning: No available adapters\./,
    // Playwright's message in the page when a test turns service workers off.
    /^warning: Service Worker registration blocked by Playwright/,
  ];

  constructor(page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.#seen.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on('pageerror', (error) => this.#seen.push(`uncaught: ${error.message}`));
  }

  /** Declares what this test provokes on purpose. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  /** What was reported and not declared. */
  unexpected(): string[] {
    return this.#seen.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
  }
}

interface TestFixtures {
  /**
   * `used`: the page of a visitor who was here before: the service worker stands, and what was fetched (models,
   * vocabularies) is cached; settings and whatever the visitor kept are those of a first visit. `fresh`: a browser that
   * has never been here. Tests without a service worker are about what is fetched, and always fresh.
   */
  readonly profile: 'used' | 'fresh';
  readonly consoleWatch: ConsoleWatch;
}

interface WorkerFixtures {
  /** One profile for each set of options that tests ask for. */
  readonly usedProfiles: Map<string, BrowserContext>;
}

/** Playwright's `test`, which also fails where the page's console is not silent. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  profile: ['used', { option: true }],

  usedProfiles: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs out of this pattern.
    async ({}, use) => {
      const profiles = new Map<string, BrowserContext>();
      await use(profiles);
      for (const context of profiles.values()) await context.close();
    },
    { scope: 'worker' },
  ],

  context: async (
    { browser, baseURL, viewport, hasTouch, serviceWorkers, contextOptions, profile, usedProfiles },
    use,
  ) => {
    const options = {
      ...contextOptions,
      viewport,
      serviceWorkers,
      ...(baseURL ? { baseURL } : {}),
      ...(hasTouch ? { hasTouch } : {}),
    };
    if (profile === 'fresh' || serviceWorkers === 'block') {
      const context = await browser.newContext(options);
      await use(context);
      await context.close();
      return;
    }
    const key = JSON.stringify(options);
    const context = usedProfiles.get(key) ?? (await browser.newContext(options));
    usedProfiles.set(key, context);
    await use(context);
    for (const page of context.pages()) await page.close();
    await context.clearPermissions();
    await context.setOffline(false);
  },

  page: async ({ context, baseURL }, use) => {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', {
      origin: new URL(baseURL ?? '').origin,
      storageTypes: 'local_storage,indexeddb',
    });
    await session.detach();
    await use(page);
    await page.close();
  },

  consoleWatch: [
    async ({ page }, use) => {
      const watch = new ConsoleWatch(page);
      await use(watch);
      expect(watch.unexpected(), 'The console stays silent.').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
