import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { ensureBrowser } from '../../scripts/lib/browser.mjs';
import { startServer } from '../../scripts/serve.mjs';
import { readModelFolder } from '../../src/engine/image/model-folder';
import { createNodeRuntime } from '../../src/engine/ort/node';
import type { Setting } from './page/api';
import type { BenchPage } from './page/main';
import { type Bench, prepare } from './prepare';

const ROUNDS = 25;
/** A way of running gets about this long for one model: emulated WebGPU takes part in fewer rounds. */
const PATIENCE_MS = 20_000;
const MODELS = join('public', 'models');
const OUTPUT = join('dist-cli', 'bench-image-page');

interface Contestant {
  readonly name: string;
  readonly loadMs: number;
  readonly round: Bench;
  readonly encode: number[];
  readonly decode: number[];
  readonly overhead: number[];
  spent: number;
}

/** The page's globals, as seen by functions that Playwright sends into it. */
declare const bench: BenchPage;

/**
 * Measures every bundled model in Chromium on WASM with 1 and 2 threads and on WebGPU where there is an adapter,
 * beside onnxruntime-node with 2 threads, in interleaved rounds. Answers a Markdown section.
 */
export async function run(): Promise<string> {
  const models = existsSync(MODELS)
    ? readdirSync(MODELS).filter((id) => existsSync(join(MODELS, id, 'manifest.json')))
    : [];
  if (models.length === 0) throw new Error(`There is no model in ${MODELS}.`);
  await buildPage();
  const server = await startServer({ root: OUTPUT, port: 0 });
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox', '--enable-unsafe-webgpu'],
  });
  try {
    const sections = [
      '## Images: encode and decode',
      `Milliseconds, median of up to ${ROUNDS} interleaved rounds on one picture with all its tokens; the ratio is to onnxruntime-node. Loading is starting the runtime, creating both sessions and a first run, without the download. Overhead is what an encode and a decode take around the sessions' own runs, as a share of these.`,
    ];
    for (const model of models) {
      const page = await browser.newPage();
      await page.goto(server.url);
      await page.waitForFunction(() => 'bench' in globalThis);
      sections.push(await measure(page, model));
      await page.close();
    }
    return `${sections.join('\n\n')}\n`;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function measure(page: Page, model: string): Promise<string> {
  const contestants: Contestant[] = [await nodeContestant(model)];
  contestants.push(await pageContestant(page, model, 'WASM, 1 thread', { backend: 'wasm', threads: 1 }));
  contestants.push(await pageContestant(page, model, 'WASM, 2 threads', { backend: 'wasm', threads: 2 }));
  const probe = await page.evaluate(() => bench.probe());
  if (probe.ok) {
    const name = probe.software ? `WebGPU emulated on the CPU (${probe.name})` : `WebGPU (${probe.name})`;
    contestants.push(await pageContestant(page, model, name, { backend: 'webgpu', threads: 1 }));
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const contestant of contestants) {
      if (contestant.spent > PATIENCE_MS) continue;
      const { encode, decode, inside } = await contestant.round();
      contestant.overhead.push((encode + decode) / inside - 1);
      contestant.encode.push(encode);
      contestant.decode.push(decode);
      contestant.spent += encode + decode;
    }
  }
  const rows = contestants.map(({ name, loadMs, encode, decode, overhead }) => {
    const cells = [encode, decode].flatMap((times, i) => {
      const first = contestants[0]!;
      const base = median(i === 0 ? first.encode : first.decode);
      return [median(times).toFixed(2), `${(median(times) / base).toFixed(1)}x`];
    });
    const around = `${(100 * median(overhead)).toFixed(1)}%`;
    return `| ${name} | ${loadMs.toFixed(0)} | ${cells.join(' | ')} | ${around} |`;
  });
  const header = `| ${model} | load | encode | ratio | decode | ratio | overhead |`;
  const missing = probe.ok ? [] : [`WebGPU was not measured: ${probe.why}.`];
  return [[header, '|---|---|---|---|---|---|---|', ...rows].join('\n'), ...missing].join('\n\n');
}

async function nodeContestant(model: string): Promise<Contestant> {
  const files = await readModelFolder(join(MODELS, model));
  const began = performance.now();
  const round = await prepare(files, createNodeRuntime(2));
  return contestant('onnxruntime-node, 2 threads', performance.now() - began, round);
}

async function pageContestant(
  page: Page,
  model: string,
  name: string,
  setting: Setting,
): Promise<Contestant> {
  const { ms } = await page.evaluate(([how, id]) => bench.open(how, id), [setting, model] as const);
  return contestant(name, ms, () => page.evaluate((how) => bench.round(how), setting));
}

function contestant(name: string, loadMs: number, round: Contestant['round']): Contestant {
  return { name, loadMs, round, encode: [], decode: [], overhead: [], spent: 0 };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The benchmark's page, built as the app is, with the bundled models beside it. */
async function buildPage(): Promise<void> {
  await build({
    root: join('bench', 'image', 'page'),
    configFile: 'vite.config.ts',
    logLevel: 'error',
    publicDir: join(process.cwd(), 'public'),
    build: {
      outDir: join(process.cwd(), OUTPUT),
      emptyOutDir: true,
      rolldownOptions: { input: join('bench', 'image', 'page', 'index.html') },
    },
  });
}
