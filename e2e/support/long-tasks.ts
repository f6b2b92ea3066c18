import type { Page } from '@playwright/test';

/**
 * Runs `action` and answers the longest task of the page's main thread meanwhile, in milliseconds; 0 where
 * none exceeded 50 ms (the Long Tasks API tells no shorter ones).
 */
export async function longestTask(page: Page, action: () => Promise<void>): Promise<number> {
  const tasks = await page.evaluateHandle(() => {
    const durations: number[] = [];
    const observer = new PerformanceObserver((list) => {
      durations.push(...list.getEntries().map((entry) => entry.duration));
    });
    observer.observe({ type: 'longtask' });
    return { durations, observer };
  });
  await action();
  return await tasks.evaluate(async ({ durations, observer }) => {
    // Entries are delivered after their task.
    await new Promise((done) => setTimeout(done, 200));
    observer.disconnect();
    return Math.max(0, ...durations);
  });
}
