import type { Page } from '@playwright/test';
import { test } from './fixtures';

/** Skips a test, and says so, where this browser offers no WebGPU adapter (not even a software one). */
export async function needsWebGpu(page: Page): Promise<void> {
  const reason = await page.evaluate(async () => {
    if (!navigator.gpu) return 'This browser has no WebGPU.';
    return (await navigator.gpu.requestAdapter()) ? '' : 'This browser has WebGPU, but no adapter.';
  });
  if (reason) console.log(`Skipped: ${reason}`);
  test.skip(reason !== '', reason);
}
