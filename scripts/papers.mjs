// @ts-check
import './lib/require-node.mjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const usage = `Usage: npm run papers -- [--only ID] [--no-build] [--no-pictures]

Makes docs/papers.md (every experiment with its claims, and the figures of one run on its sample) and the pictures on the
cards of the Papers lab (public/papers/ID-THEME.webp), which are what the experiments draw of their samples.
  --only ID       the pictures of this experiment only
  --no-build      pictures of dist/ as it is
  --no-pictures   the page only
`;

const { ensureInstalled } = await import('./lib/install.mjs');
await ensureInstalled();
const { browserArguments, ensureBrowser } = await import('./lib/browser.mjs');
const { ensureBuilt, ensureProgram } = await import('./lib/build.mjs');
const { inRoot } = await import('./lib/paths.mjs');
const { startServer } = await import('./serve.mjs');
const { chromium } = await import('@playwright/test');
const { default: sharp } = await import('sharp');

/** CSS pixels of a picture; the file has 1.2 times as many. */
const SIZE = { width: 400, height: 200 };

const { values } = readArguments();
const program = await ensureProgram('papers', 'src/cli/papers-page.ts', ['src']);
/** @type {{ papersPage: () => Promise<string>; paperIds: () => readonly string[] }} */
const { papersPage, paperIds } = await import(pathToFileURL(program).href);
if (!values.only) {
  writeFileSync(inRoot('docs/papers.md'), await papersPage());
  console.log('docs/papers.md');
}
if (!values['no-pictures']) {
  if (!values['no-build']) await ensureBuilt();
  const server = await startServer({ port: 0 });
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: browserArguments() });
  mkdirSync(inRoot('public/papers'), { recursive: true });
  try {
    for (const id of paperIds().filter((one) => !values.only || one === values.only)) {
      for (const theme of /** @type {const} */ (['light', 'dark']))
        await take(browser, server.url, id, theme);
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string' },
        'no-build': { type: 'boolean' },
        'no-pictures': { type: 'boolean' },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

/**
 * What an experiment draws of its sample, without the control: the element marked data-thumbnail, or the whole view.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {string} id
 * @param {'light' | 'dark'} theme
 */
async function take(browser, url, id, theme) {
  const page = await browser.newPage({
    // Two columns, of which the view is about as wide as a picture; so high that nothing scrolls under the header.
    viewport: { width: SIZE.width + 504, height: 4000 },
    colorScheme: theme,
    reducedMotion: 'reduce',
    deviceScaleFactor: 1.5,
  });
  await page.goto(`${url}/#papers/${id}`);
  await page.getByText('Computed just now').waitFor();
  await page.evaluate(() => {
    for (const control of document.querySelectorAll('[data-control]')) control.setAttribute('hidden', '');
  });
  const picture = page.locator('[data-thumbnail]').or(page.locator('[data-picture]')).last();
  const box = await picture.boundingBox();
  if (!box) throw new Error(`${id} draws nothing.`);
  const png = await page.screenshot({
    clip: { x: box.x - 8, y: box.y - 8, width: box.width + 16, height: (box.width + 16) / 2 },
  });
  const path = join('public/papers', `${id}-${theme}.webp`);
  await sharp(png)
    .resize(SIZE.width * 1.2, SIZE.height * 1.2, { fit: 'cover', position: 'top' })
    .webp({ quality: 40, effort: 6 })
    .toFile(inRoot(path));
  console.log(path);
  await page.close();
}
