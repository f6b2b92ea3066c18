// @ts-check
import assert from 'node:assert/strict';

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {{ url: string; browser: import('puppeteer-core').Browser; stopServer: () => Promise<void> }} Visit
 */

const RECONSTRUCTION = 'canvas[aria-label^="Reconstruction"]';
const FIELD = 'textarea[aria-label="Text to tokenize"]';
const LIMIT_MS = 60_000;

/** @type {readonly { name: string; check: (visit: Visit) => Promise<void> }[]} the last stops the server */
export const checks = [
  { name: 'image lab', check: imageLab },
  { name: 'text lab', check: textLab },
  { name: 'links', check: links },
  { name: 'a lesson', check: lesson },
  { name: 'keep everything, and without a network', check: offline },
];

/** @param {Visit} visit */
async function imageLab(visit) {
  await onPage(visit, '', async (page) => {
    await page.waitForSelector(RECONSTRUCTION);
    assert.equal(await page.evaluate(() => crossOriginIsolated), true, 'The page is isolated.');
    // Every still of the filmstrip has its figure.
    await page.waitForFunction(() => {
      const stills = [...document.querySelectorAll('section[aria-label="Filmstrip"] button')];
      return stills.length > 0 && stills.every((still) => /dB/.test(still.textContent ?? ''));
    });
    for (const width of [1280, 1440, 1024, 820, 390]) {
      await page.setViewport({ width, height: 900 });
      assert.equal(await overflow(page), 0, `At ${width} px nothing is wider than the page.`);
      if (width > 720)
        assert.deepEqual(await crowded(page), [], `At ${width} px the filmstrip's figures have room.`);
    }
    await page.click('button[aria-label^="Backend"]');
    await page.waitForFunction(() => /WASM with \d+ threads?/.test(document.body.textContent ?? ''));
    if (!(await page.evaluate(() => 'gpu' in navigator)))
      assert.match(await textOf(page, 'body'), /because this browser has no WebGPU/);
  });
}

/** @param {Visit} visit */
async function textLab(visit) {
  await onPage(visit, '#text', async (page) => {
    await page.waitForSelector(FIELD);
    await type(page, 'hello world');
    await tokens(page, 'o200k', 2);
    await page.click('button[title^="Token ids"], button::-p-text(Token ids)');
    await page.waitForSelector('[role="option"][aria-label*="id 24912"]');
    assert.equal(await overflow(page), 0, 'Nothing is wider than the page.');
  });
}

/** @param {Visit} visit */
async function links(visit) {
  /** @type {string} */
  let link = '';
  await onPage(visit, '', async (page) => {
    await page.waitForSelector(RECONSTRUCTION);
    await page.focus('[role="slider"]');
    await page.keyboard.press('Home');
    await page.waitForSelector(`${RECONSTRUCTION}[data-k="1"]`);
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector(`${RECONSTRUCTION}[data-k="2"]`);
    // The timers of one page go off in the order of their ends: this one comes after the page's own (e2e/support/address.ts).
    link = await page.evaluate(() => new Promise((done) => setTimeout(() => done(location.href), 350)));
  });
  await onPage(visit, link.slice(visit.url.length), (page) =>
    page.waitForSelector(`${RECONSTRUCTION}[data-k="2"]`),
  );
}

/** @param {Visit} visit */
async function lesson(visit) {
  await onPage(visit, '#lesson=lessons/first.tokenoscope', async (page) => {
    await tokens(page, 'GPT-2', 352);
    await type(page, 'hello world');
    await page.keyboard.down('Alt');
    await page.keyboard.press('PageDown');
    await page.keyboard.up('Alt');
    await page.waitForFunction(
      (field) => document.querySelector(field)?.textContent?.startsWith('12 + 345'),
      {},
      FIELD,
    );
    await page.goBack();
    await tokens(page, 'o200k', 2);
  });
}

/** @param {Visit} visit */
async function offline(visit) {
  await onPage(visit, '#library', async (page) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    const section = 'section[aria-label="Keep everything for offline use"]';
    // What there is to keep is listed first.
    await page.waitForSelector(`${section} > div > button`);
    await page.click(`${section} > div > button`);
    await page.waitForSelector(`${section} ::-p-text(All of it is here)`);
    await visit.stopServer();
    await page.goto(`${visit.url}#lesson=lessons/first.tokenoscope`);
    await tokens(page, 'Gemma 2', 113);
    await page.click('[role="tab"]::-p-text(Made for writing)');
    await rest(page);
    await page.reload();
    await rest(page);
  });
}

/**
 * Waits for the lesson's picture and for what the lab loads after it: a page that is left before has Firefox report the
 * requests that it breaks off.
 * @param {Page} page
 */
async function rest(page) {
  await page.waitForSelector(`${RECONSTRUCTION}[data-k="48"]`);
  await page.waitForNetworkIdle({ idleTime: 500 });
}

/**
 * Opens a page and fails where its console is not silent.
 * @param {Visit} visit
 * @param {string} hash
 * @param {(page: Page) => Promise<unknown>} use
 */
async function onPage({ browser, url }, hash, use) {
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT_MS);
  /** @type {string[]} */
  const said = [];
  page.on('console', (message) => {
    if (!['error', 'warn'].includes(message.type())) return;
    said.push(`${message.text()} (${message.location().url ?? ''}:${message.location().lineNumber ?? ''})`);
  });
  page.on('pageerror', (error) => said.push(error instanceof Error ? error.message : String(error)));
  await page.setViewport({ width: 1280, height: 900 });
  try {
    await page.goto(`${url}${hash}`);
    await use(page);
  } finally {
    await page.close();
  }
  assert.deepEqual(said, [], 'The console stays silent.');
}

/** @param {Page} page @param {string} text */
async function type(page, text) {
  await page.click(FIELD, { count: 3 });
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.type(text);
}

/** Waits for a column's token count. @param {Page} page @param {string} label @param {number} count */
async function tokens(page, label, count) {
  await page.waitForFunction(
    (name, wanted) => {
      const column = [...document.querySelectorAll('section')].find(
        (section) => section.querySelector('h2')?.textContent === name || section.ariaLabel === name,
      );
      return (
        column?.getAttribute('aria-busy') === 'false' &&
        column.querySelector('dd')?.textContent?.trim() === wanted
      );
    },
    {},
    label,
    String(count),
  );
}

/** By how many pixels the page is too wide. @param {Page} page */
async function overflow(page) {
  return await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}

/** Stills of the filmstrip whose figures reach the next picture. @param {Page} page @returns {Promise<string[]>} */
async function crowded(page) {
  return await page.evaluate(() => {
    const stills = [...document.querySelectorAll('section[aria-label="Filmstrip"] button')];
    return stills.flatMap((still, index) => {
      const next = stills[index + 1]?.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(still);
      const { right, bottom } = range.getBoundingClientRect();
      const touches = next !== undefined && next.top < bottom && right > next.left - 4;
      return touches || right > innerWidth ? [still.textContent ?? ''] : [];
    });
  });
}

/** @param {Page} page @param {string} selector */
async function textOf(page, selector) {
  return await page.$eval(selector, (element) => element.textContent ?? '');
}
