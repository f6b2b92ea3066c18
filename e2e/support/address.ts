import type { Page } from '@playwright/test';

/** Longer than the page's own pause before it writes an edit into the address (src/app/link-writer.ts). */
const AFTER_PAUSE_MS = 350;

/**
 * The address of what the page shows, once it has followed the last edit. However busy the machine, the timers of one
 * page go off in the order of their ends, so that this one comes after the page's own.
 */
export async function addressAtRest(page: Page): Promise<string> {
  return await page.evaluate(
    (ms) => new Promise<string>((resolve) => setTimeout(() => resolve(location.href), ms)),
    AFTER_PAUSE_MS,
  );
}
