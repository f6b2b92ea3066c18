import type { Browser, Page } from '@playwright/test';
import { median, reconstructed } from './waiting';

const ROUNDS = 5;

/** Where a first visit to the image lab spends its time: milliseconds from the start of the navigation, median of five. */
export async function firstVisitTable(browser: Browser, url: string): Promise<string> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, ms] of await visit(browser, url)) times.set(name, [...(times.get(name) ?? []), ms]);
  }
  const rows = [...times].map(([name, all]) => ({ name, at: median(all) })).sort((a, b) => a.at - b.at);
  return [
    '### Where a first visit spends its time',
    'When each step of a first visit was over, after the start of the navigation (median of five fresh profiles; the last row is the processor time of all threads of the tab until the first reconstruction, so other work on the machine counts less).',
    ['| what | at ms |', '|---|--:|', ...rows.map(({ name, at }) => `| ${name} | ${at.toFixed(0)} |`)].join(
      '\n',
    ),
  ].join('\n\n');
}

async function visit(browser: Browser, url: string): Promise<[string, number][]> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const before = await processorTime(browser);
  await page.goto(`${url}/#image`);
  const shown = await reconstructed(page, '');
  const spent = (await processorTime(browser)) - before;
  // The steps after the first picture are over when the worker has checked the model.
  const steps = await workerSteps(page);
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
  await context.close();
  return [
    ['first paint', paint],
    ...steps,
    ['**first reconstruction on screen**', shown],
    ['processor time until then', spent],
  ];
}

const WORDS: Readonly<Record<string, string>> = {
  files: "model's files fetched and checked",
  draft: 'decoder ready in JavaScript',
  onnxruntime: 'onnxruntime fetched, compiled and started',
  sessions: "onnxruntime's sessions open",
  check: 'model checked on its golden picture',
};

/** Waits for the worker's last step. @returns when each was over, on the page's clock */
async function workerSteps(page: Page): Promise<[string, number][]> {
  const origin = await page.evaluate(() => performance.timeOrigin);
  for (;;) {
    for (const worker of page.workers()) {
      const found = await worker
        .evaluate(() => ({
          started: performance.timeOrigin,
          steps: performance
            .getEntriesByType('measure')
            .map(
              ({ name, startTime, duration }) =>
                [name, performance.timeOrigin + startTime + duration] as const,
            ),
        }))
        .catch(() => undefined);
      const steps = (found?.steps ?? []).map(
        ([name, at]) => [name.replace('tokenoscope: ', ''), at - origin] as const,
      );
      if (!found || !steps.some(([name]) => name === 'check')) continue;
      return [
        ['worker started', found.started - origin],
        ...steps.map(([name, at]): [string, number] => [WORDS[name] ?? name, at]),
      ];
    }
    await page.waitForTimeout(100);
  }
}

/** Of all tabs' processes so far, in milliseconds. */
export async function processorTime(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}
