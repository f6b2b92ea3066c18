import type { Page } from '@playwright/test';
import type { Hub } from '../../src/engine/weights/testing/hub';

/** Makes a page ask this hub; to be called before the page is opened. */
export async function serveHub(page: Page, { url }: Hub): Promise<void> {
  await page.addInitScript((address) => {
    if (location.protocol === 'http:') {
      localStorage.setItem('tokenoscope.settings', JSON.stringify({ hub: address }));
    }
  }, url);
}
