import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { browserArguments, ensureBrowser } from '../../scripts/lib/browser.mjs';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { labSizes } from '../../scripts/lib/size-budget.mjs';
import { startServer } from '../../scripts/serve.mjs';
import type { ModelManifest } from '../../src/core/image/manifest';
import { runningFiles } from '../../src/core/image/running-files';
import { figuresTable } from './figures';
import { firstVisitTable } from './first-visit';
import { reconstructed } from './waiting';

const ROUNDS = 5;
/**
 * Measures the production build as visitors load it, in Chromium on WASM, from this machine's own server:
 * bytes of the first load, and how long a first segmentation and a first reconstruction take. Answers a
 * Markdown section.
 */
export async function run(): Promise<string> {
  await ensureBuilt();
  const server = await startServer({ port: 0 });
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: [...browserArguments(), '--disable-features=WebGPU'],
  });
  try {
    const times = new Map<string, number[]>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, ms] of await visits(browser, server.url)) {
        times.set(name, [...(times.get(name) ?? []), ms]);
      }
    }
    return [
      '## App: bytes and waiting',
      bytesTable(),
      timesTable(times),
      await firstVisitTable(browser, server.url),
      await figuresTable(browser, server.url),
    ].join('\n\n');
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Every visit of one round, each lab in a profile of its own. */
async function visits(browser: Browser, url: string): Promise<[string, number][]> {
  const results: [string, number][] = [];
  const text = await browser.newContext();
  for (const visit of ['first', 'second']) {
    const page = await text.newPage();
    await page.goto(`${url}/#text`);
    results.push([`${visit} visit to first segmentation by all four tokenizers`, await segmented(page)]);
    await page.close();
  }
  await text.close();

  const image = await browser.newContext();
  for (const visit of ['first', 'second']) {
    const page = await image.newPage();
    await page.goto(`${url}/#image`);
    results.push([`${visit} visit to first reconstruction`, await reconstructed(page, '')]);
    if (visit === 'second') {
    }
    await page.close();
  }
  await image.close();
  return results;
}

/** Milliseconds of the page's clock when every column shows its count of tokens. */
async function segmented(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() => {
    const counts = [...document.querySelectorAll('dt')].filter((term) => term.textContent === 'tokens');
    const done =
      counts.length >= 4 && counts.every((term) => /\d/.test(term.nextElementSibling?.textContent ?? ''));
    return done && performance.now();
  });
  return (await handle.jsonValue()) as number;
}

function bytesTable(): string {
  const dist = inRoot('dist');
  const sizes = labSizes(dist);
  const assets = readdirSync(join(dist, 'assets'));
  /** As sent: compressed where that helps. */
  const sent = (pattern: RegExp) =>
    assets
      .filter((name) => pattern.test(name))
      .map((name) => join(dist, 'assets', assets.includes(`${name}.br`) ? `${name}.br` : name))
      .reduce((sum, path) => sum + statSync(path).size, 0);
  const models = readdirSync(join(dist, 'models')).filter((id) =>
    existsSync(join(dist, 'models', id, 'manifest.json')),
  );
  const modelBytes = (id: string) => {
    const manifest = readFileSync(join(dist, 'models', id, 'manifest.json'), 'utf8');
    return runningFiles(JSON.parse(manifest) as ModelManifest).reduce((sum, { bytes }) => sum + bytes, 0);
  };
  const rows: [string, string, number][] = [
    ...sizes.flatMap(({ lab, js, css }) => [
      [`JavaScript until the ${lab} lab is usable`, 'gzip', js] as [string, string, number],
      [`style sheets of the ${lab} lab`, 'gzip', css] as [string, string, number],
    ]),
    ['fonts (Latin)', 'woff2', sent(/-latin-(?!ext).*\.woff2$/)],
    ['ONNX Runtime for WASM, with the image lab', 'brotli', sent(/threaded-[\w-]+\.wasm$/)],
    ['ONNX Runtime for WebGPU, instead of it', 'brotli', sent(/asyncify-[\w-]+\.wasm$/)],
    ['vocabularies, with the text lab', 'as stored', sent(/^(gpt2|llama-3|o200k|gemma-3)-[\w-]+\.bin$/)],
    ...models.map((id): [string, string, number] => [
      `model ${id}, with the image lab`,
      'as stored',
      modelBytes(id),
    ]),
  ];
  return [
    '| what is sent | how | kB |',
    '|---|---|--:|',
    ...rows.map(([name, how, bytes]) => `| ${name} | ${how} | ${(bytes / 1000).toFixed(1)} |`),
  ].join('\n');
}

function timesTable(times: ReadonlyMap<string, readonly number[]>): string {
  const rows = [...times].map(([name, values]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const [best, median, worst] = [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!];
    return `| ${name} | ${median.toFixed(0)} | ${best.toFixed(0)} to ${worst.toFixed(0)} |`;
  });
  return [
    `Milliseconds from the start of the navigation to the result on screen, in ${ROUNDS} fresh profiles; Chromium on WASM, served from the same machine, so without a network's share.`,
    ['| from | median ms | range |', '|---|--:|--:|', ...rows].join('\n'),
  ].join('\n\n');
}
