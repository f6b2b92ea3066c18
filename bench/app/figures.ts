import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import sharp from 'sharp';
import { dropFiles, type TestFile } from '../../e2e/support/files';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { processorTime } from './first-visit';
import { median, reconstructed } from './waiting';

const SAMPLES = ['lighthouse', 'coral', 'julia', 'sunflower', 'balloon'];
/** What the image lab promises, in milliseconds: a first reconstruction after a drop, and all ticks after that. */
const PROMISES = [
  { label: 'Karhunen 128', firstMs: 150, ticksMs: 3_000 },
  { label: 'Ladder 128', firstMs: 350, ticksMs: 10_000 },
];
const PICTURES = 200;
/** By then caches are full, and the engine has compiled what it will. */
const WARM = 40;

type Row = readonly [what: string, measured: string, promise: string];

/** What is promised of the image lab, and what this machine measures, in one page on WASM. */
export async function figuresTable(browser: Browser, url: string): Promise<string> {
  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await page.goto(`${url}/#image`);
  await reconstructed(page, 'Mountain lake');
  const threads = await page.evaluate(() => Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1)));
  const rows: Row[] = [];
  for (const promise of PROMISES) rows.push(...(await dropRows(page, browser, promise)));
  await chooseModel(page, 'Karhunen 128');
  await ticksReady(page);
  rows.push(...(await dragRows(page, browser)));
  rows.push(await growthRow(page, browser));
  await page.context().close();
  return [
    '### The image lab at work',
    `In one page on WASM with ${threads === 1 ? 'one thread' : `${threads} threads`}; milliseconds of the wall clock, median of ${SAMPLES.length} pictures.`,
    ['| what | measured | promised |', '|---|--:|--:|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join(
      '\n',
    ),
  ].join('\n\n');
}

async function dropRows(
  page: Page,
  browser: Browser,
  { label, firstMs, ticksMs }: (typeof PROMISES)[number],
): Promise<Row[]> {
  await chooseModel(page, label);
  await ticksReady(page);
  const first: number[] = [];
  const spent: number[] = [];
  const ticks: number[] = [];
  for (const id of SAMPLES) {
    await untilIdle(page, browser);
    await page.evaluate(() => {
      const note = () => Object.assign(globalThis, { droppedAt: performance.now() });
      addEventListener('drop', note, { capture: true, once: true });
    });
    const before = await processorTime(browser);
    await dropFiles(page, 'body', inRoot(`public/samples/${id}.webp`));
    const shown = await reconstructed(page, id);
    const start = await page.evaluate(() => (globalThis as unknown as { droppedAt: number }).droppedAt);
    first.push(shown - start);
    spent.push((await processorTime(browser)) - before);
    ticks.push((await ticksReady(page)) - start);
  }
  return [
    [`${label}: drop to first reconstruction`, median(first).toFixed(0), `${firstMs}`],
    [`${label}: the same, processor time of the tab`, median(spent).toFixed(0), '–'],
    [`${label}: drop to all ticks decoded`, median(ticks).toFixed(0), `${ticksMs}`],
  ];
}

async function chooseModel(page: Page, label: string): Promise<void> {
  const button = page.getByRole('button', { name: /^Model: / });
  if ((await button.textContent())?.includes(label)) return;
  await button.click();
  await page
    .getByRole('dialog', { name: 'Model', exact: true })
    .getByRole('button', { name: new RegExp(`^${label}`) })
    .click();
  await page.getByRole('button', { name: `Model: ${label}` }).waitFor();
}

/** The page's clock when every still of the filmstrip has its figure. */
async function ticksReady(page: Page): Promise<number> {
  // Until all tokens of a dropped picture are there, the ticks are those of the one before.
  await page.waitForFunction(() => !document.querySelector('[data-begun]'));
  const handle = await page.waitForFunction(
    () => {
      const stills = [...document.querySelectorAll('[aria-label="Filmstrip"] button')];
      return (
        stills.length > 0 && stills.every(({ textContent }) => /dB/.test(textContent)) && performance.now()
      );
    },
    undefined,
    { timeout: 120_000 },
  );
  return (await handle.jsonValue()) as number;
}

/** A drag of five seconds over cached positions: whether each is on screen in the frame of its event. */
async function dragRows(page: Page, browser: Browser): Promise<Row[]> {
  await untilIdle(page, browser); // until then positions are decoded ahead
  const slider = page.getByRole('slider', { name: 'Tokens kept' });
  const box = (await slider.boundingBox())!;
  await page.evaluate(() => {
    const seen = { frames: 0, late: 0 };
    Object.assign(globalThis, { seen });
    const watch = () => {
      const shown = document.querySelector<HTMLElement>('canvas[data-k]')?.dataset['k'];
      const asked = document.querySelector('[role=slider]')?.ariaValueNow;
      seen.frames++;
      if (shown !== asked) seen.late++;
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  });
  const before = await processorTime(browser);
  await page.mouse.move(box.x + 1, box.y + box.height / 2);
  await page.mouse.down();
  const end = Date.now() + 5_000;
  let moves = 0;
  while (Date.now() < end) {
    const at = 0.5 + 0.49 * Math.sin(moves++ / 20);
    await page.mouse.move(box.x + at * box.width, box.y + box.height / 2);
  }
  await page.mouse.up();
  const spent = (await processorTime(browser)) - before;
  const { frames, late } = await page.evaluate(
    () => (globalThis as unknown as { seen: { frames: number; late: number } }).seen,
  );
  return [
    [
      `drag of 5 s, ${moves} moves: frames of ${frames} in which the picture was not that of the slider`,
      `${late}`,
      '0',
    ],
    ['drag: processor time of the tab for each move, ms', (spent / moves).toFixed(1), '16'],
  ];
}

/** Waits until the tab hardly computes any more. */
async function untilIdle(page: Page, browser: Browser): Promise<void> {
  for (let second = 0; second < 90; second++) {
    const before = await processorTime(browser);
    await page.waitForTimeout(1_000);
    if ((await processorTime(browser)) - before < 50) return;
  }
}

async function growthRow(page: Page, browser: Browser): Promise<Row> {
  const session = await page.context().newCDPSession(page);
  const sizes: { heap: number; resident: number }[] = [];
  for (let i = 0; i < PICTURES; i++) {
    const picture = await square(i);
    await dropFiles(page, 'body', picture);
    await reconstructed(page, (picture as { name: string }).name);
    if (i + 1 !== WARM && i + 1 !== PICTURES) continue;
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    sizes.push({ heap: usedSize, resident: await residentMemory(browser) });
  }
  const [early, late] = sizes as [(typeof sizes)[0], (typeof sizes)[0]];
  const growth = (from: number, to: number) =>
    `${((to - from) / 1e6).toFixed(1)} MB of ${(to / 1e6).toFixed(0)}`;
  return [
    `growth from picture ${WARM} to ${PICTURES}: JavaScript heap of the page; memory of the tab, WASM included`,
    `${growth(early.heap, late.heap)}; ${growth(early.resident, late.resident)}`,
    'none',
  ];
}

/** A picture that differs from all others. */
async function square(i: number): Promise<TestFile> {
  const raw = Buffer.from(Array.from({ length: 12 * 12 * 3 }, (_, at) => (at * (i + 3) * 37) % 256));
  const bytes = await sharp(raw, { raw: { width: 12, height: 12, channels: 3 } })
    .resize(160, 160)
    .png()
    .toBuffer();
  return { name: `square-${i}.png`, type: 'image/png', bytes };
}

/** Of the largest tab, in bytes. */
async function residentMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const tabs = processInfo.filter(({ type }) => type === 'renderer');
  return Math.max(
    ...tabs.map(({ id }) => {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
    }),
  );
}
