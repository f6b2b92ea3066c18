// @ts-check
import './lib/require-node.mjs';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const usage = `Usage: npm run screenshots -- [--out DIR] [--only NAME] [--readme] [--no-build]

Takes pictures of the built app, named LAB-WIDTH-THEME.png (image-1440-dark.png), into DIR
(.cache/screenshots where none is given).
  --only NAME   only pictures whose name contains NAME
  --readme      only docs/screenshot.webp, for the README
  --no-build    of dist/ as it is
`;

const { ensureInstalled } = await import('./lib/install.mjs');
await ensureInstalled();
const { browserArguments, ensureBrowser } = await import('./lib/browser.mjs');
const { ensureBuilt } = await import('./lib/build.mjs');
const { inRoot } = await import('./lib/paths.mjs');
const { fail } = await import('./lib/run.mjs');
const { startServer } = await import('./serve.mjs');
const { chromium } = await import('@playwright/test');
const { default: sharp } = await import('sharp');

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
/** @type {('light' | 'dark')[]} */
const themes = ['light', 'dark'];

/**
 * @typedef {object} Shot
 * @property {string} path
 * @property {string} lab
 * @property {{ width: number; height: number }} size
 * @property {'light' | 'dark'} theme
 */

const { values } = readArguments();
if (!values['no-build']) await ensureBuilt();
const folder = resolve(values.out ?? inRoot('.cache/screenshots'));
const shots = wantedShots();
if (shots.length === 0) fail(`No picture has "${values.only}" in its name.`);

const server = await startServer({ port: 0 });
const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: browserArguments() });
try {
  for (const shot of shots) {
    await take(shot);
    console.log(shot.path);
  }
} finally {
  await browser.close();
  await server.close();
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        out: { type: 'string' },
        only: { type: 'string' },
        readme: { type: 'boolean' },
        'no-build': { type: 'boolean' },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

/** @returns {Shot[]} */
function wantedShots() {
  if (values.readme) {
    const size = { width: 1440, height: 900 };
    return [{ path: inRoot('docs/screenshot.webp'), lab: 'image', size, theme: 'light' }];
  }
  mkdirSync(folder, { recursive: true });
  return ['image', 'text', 'about']
    .flatMap((lab) => sizes.flatMap((size) => themes.map((theme) => ({ lab, size, theme }))))
    .map((shot) => ({ ...shot, path: join(folder, `${shot.lab}-${shot.size.width}-${shot.theme}.png`) }))
    .filter(({ path }) => !values.only || path.slice(folder.length).includes(values.only));
}

/** @param {Shot} shot */
async function take({ path, lab, size, theme }) {
  // Reduced motion: the picture shows the state after all animations.
  const page = await browser.newPage({ viewport: size, colorScheme: theme, reducedMotion: 'reduce' });
  page.on('pageerror', (error) => console.error(`  page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      console.error(`  console: ${message.text()}`);
  });
  await page.goto(`${server.url}/#${lab}`);
  // Settled: all figures are there, and nothing has changed on screen for a second.
  await page.waitForFunction(figuresStand, lab !== 'about', { timeout: 90_000 }).catch(() => {
    console.error(`  ${path} is taken although figures are missing.`);
  });
  let before = await page.screenshot();
  for (let tries = 0; tries < 20; tries++) {
    await page.waitForTimeout(1000);
    const now = await page.screenshot();
    if (now.equals(before)) break;
    before = now;
  }
  // As WebP it is a fifth as large as the PNG that browsers take.
  if (path.endsWith('.webp'))
    await sharp(before).webp({ quality: 85, effort: 6, smartSubsample: true }).toFile(path);
  else await page.screenshot({ path });
  await page.close();
}

/**
 * Runs in the page: every term of the labs' tables of figures has its number.
 * @param {boolean} expected whether this view has figures at all; before it is drawn there are none
 */
function figuresStand(expected) {
  const busy = document.querySelector('[aria-busy="true"], [role="progressbar"]');
  const terms = [...document.querySelectorAll('dt')].filter((term) =>
    /^(tokens|psnr|ssim)$/i.test(term.textContent ?? ''),
  );
  return (
    !busy &&
    (terms.length > 0 || !expected) &&
    terms.every((term) => /\d/.test(term.nextElementSibling?.textContent ?? ''))
  );
}
