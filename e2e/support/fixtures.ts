import { test as base, expect, type Page } from '@playwright/test';

/** Watches what a page says on its console, and what it fails to catch. */
export class ConsoleWatch {
  readonly #seen: string[] = [];
  readonly #allowed: RegExp[] = [
    // Chromium's own remark when a page asks for WebGPU where there is none; pages cannot prevent it.
    /^warning: No available adapters\./,
    // What Playwright says in the page where a test turns service workers off.
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

  /** What was said and not declared. */
  unexpected(): string[] {
    return this.#seen.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
  }
}

/** Playwright's `test`, which also fails where the page's console is not silent. */
export const test = base.extend<{ consoleWatch: ConsoleWatch }>({
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
