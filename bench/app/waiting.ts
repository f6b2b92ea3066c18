import type { Page } from '@playwright/test';

/** Milliseconds of the page's clock when a reconstruction of the picture of that name is on screen. */
export async function reconstructed(page: Page, picture: string): Promise<number> {
  const handle = await page.waitForFunction(
    (start) => {
      // What is on screen of the picture before is marked so.
      const fresh = [...document.querySelectorAll('canvas[data-k]')].filter(
        (canvas) => !canvas.closest('[data-stale]'),
      );
      const names = fresh.map((canvas) => canvas.ariaLabel ?? '');
      return names.some((name) => name.startsWith(start)) && performance.now();
    },
    `Reconstruction: ${picture}`,
    { timeout: 120_000 },
  );
  return (await handle.jsonValue()) as number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
