import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { ensureBrowser } from '../../scripts/lib/browser.mjs';
import { startServer } from '../../scripts/serve.mjs';
import { findTextTokenizer } from '../../src/catalog/tokenizers';
import { loadTokenizer } from '../../src/tokenizers/load';
import type { Corpus } from './corpora';
import type { BenchPage } from './page/main';

/** Built from the project's root, where the vocabularies are found. */
const PAGE = 'bench/text/page/index.html';
const OUTPUT = join('dist-cli', 'bench-text-page');
const MEASURED = ['cl100k', 'o200k', 'gemma-2', 'bert-uncased'] as const;
const ROUNDS = 15;

/** The page's globals, as seen by functions that Playwright sends into it. */
declare const bench: BenchPage;

/**
 * Measures the engine in a worker of Chromium beside the same engine in Node, in interleaved rounds.
 * Answers a Markdown table.
 */
export async function measureBrowser(texts: readonly Corpus[]): Promise<string> {
  await buildPage();
  const server = await startServer({ root: OUTPUT, port: 0 });
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox'],
  });
  try {
    const rows: string[] = [];
    for (const id of MEASURED) {
      const page = await browser.newPage();
      await page.goto(`${server.url}/${PAGE}`);
      await page.waitForFunction(() => 'bench' in globalThis);
      rows.push(await measure(page, id, texts));
      await page.close();
    }
    return [
      `In a worker of Chromium, in slices as in the page, beside Node, at once: MB/s in Chromium, and the time it takes there over the time in Node. Wall time, as a worker cannot ask for its CPU time: of ${ROUNDS} rounds the shortest, as other work on the machine only ever adds to it.`,
      [
        `| Chromium ${browser.version()} | ${texts.map((text) => `${text.name} | ratio`).join(' | ')} |`,
        `|---|${texts.map(() => '---|---|').join('')}`,
        ...rows,
      ].join('\n'),
    ].join('\n\n');
  } finally {
    await browser.close();
    await server.close();
  }
}

async function measure(page: Page, id: string, texts: readonly Corpus[]): Promise<string> {
  const { spec } = findTextTokenizer(id)!;
  const node = await loadTokenizer(spec, (name) =>
    readFile(join('generated', 'vocabularies', `${name}.bin`)),
  );
  await page.evaluate((name) => bench.open(name), id);
  const cells: string[] = [];
  for (const corpus of texts) {
    const here: number[] = [];
    const there: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const text = corpus.textOf(round);
      const { ms, tokens } = await page.evaluate((input) => bench.round(input), text);
      there.push(ms);
      const began = performance.now();
      const { ids } = node.encode(text);
      here.push(performance.now() - began);
      if (ids.length !== tokens) throw new Error(`${id}: Chromium and Node disagree.`);
    }
    const best = Math.min(...there);
    cells.push(`${(corpus.bytes / 1000 / best).toPrecision(2)} | ${(best / Math.min(...here)).toFixed(2)}x`);
  }
  return `| ${id} | ${cells.join(' | ')} |`;
}

/** The benchmark's page, built as the app is. */
async function buildPage(): Promise<void> {
  await build({
    configFile: 'vite.config.ts',
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: join(process.cwd(), OUTPUT),
      emptyOutDir: true,
      rolldownOptions: { input: PAGE },
    },
  });
}
