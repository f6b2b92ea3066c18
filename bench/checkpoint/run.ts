import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { ensureBrowser } from '../../scripts/lib/browser.mjs';
import { startServer } from '../../scripts/serve.mjs';
import {
  inspectCheckpointFolder,
  readCheckpointFolder,
} from '../../src/engine/image/checkpoint/checkpoint-folder';
import { createNodeRuntime } from '../../src/engine/ort/node';
import { watchMemory } from './memory';
import type { CheckpointBenchPage } from './page/main';
import { prepare, type Round } from './prepare';

const ARCHITECTURES = ['titok-s-128', 'one-d-piece-s-256'];
const CACHE = join('.cache', 'checkpoints');
const OUTPUT = join('dist-cli', 'bench-checkpoint-page');
const ROUNDS = 3;

interface Result {
  readonly where: string;
  readonly load: number;
  readonly encode: number;
  readonly decode: number;
  /** Bytes. */
  readonly peak: number | undefined;
}

/** The page's globals, as seen by functions that Playwright sends into it. */
declare const bench: CheckpointBenchPage;

/** Measures checkpoints of published sizes (with random weights) on WASM and in Node. Answers a Markdown section. */
export async function run(): Promise<string> {
  for (const name of ARCHITECTURES) {
    if (existsSync(join(CACHE, name, 'model.safetensors'))) continue;
    execFileSync(process.execPath, ['scripts/make-checkpoint.mjs', name, join(CACHE, name)]);
  }
  await buildPage();
  const sections = [
    '## Checkpoints: memory and time',
    `Checkpoints of published sizes with random weights, float32. Seconds, the best of ${ROUNDS} rounds after loading; loading is building the graphs and both sessions, without the download. Memory is the peak of the process that runs the model (the tab's own process in the browser), the file's bytes included.`,
  ];
  for (const name of ARCHITECTURES) {
    const { parameters, multiplications } = await inspectCheckpointFolder(join(CACHE, name));
    const bytes = statSync(join(CACHE, name, 'model.safetensors')).size;
    const giga = (count: number) => ((2 * count) / 1e9).toFixed(0);
    sections.push(
      `${name}: ${(parameters / 1e6).toFixed(1)} M parameters, ${(bytes / 1e6).toFixed(0)} MB, ${giga(multiplications.encode)} GFLOP to encode, ${giga(multiplications.decode)} to decode.`,
      table([await inBrowser(name, 2), await inBrowser(name, 1), await inNode(name)]),
    );
  }
  return `${sections.join('\n\n')}\n`;
}

function table(results: readonly Result[]): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(2);
  const rows = results.map(
    ({ where, load, encode, decode, peak }) =>
      `| ${where} | ${seconds(load)} | ${seconds(encode)} | ${seconds(decode)} | ${peak === undefined ? '–' : (peak / 1e9).toFixed(2)} |`,
  );
  return ['| where | load s | encode s | decode s | memory GB |', '|---|--:|--:|--:|--:|', ...rows].join(
    '\n',
  );
}

async function inBrowser(name: string, threads: number): Promise<Result> {
  const server = await startServer({ root: OUTPUT, port: 0 });
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox'],
  });
  const peak = watchMemory('--type=renderer');
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => 'bench' in globalThis);
    const { ms } = await page.evaluate(([id, count]) => bench.open(id, count), [name, threads] as const);
    const times = await best(() => page.evaluate(() => bench.round()));
    return { where: `WASM, ${threads} thread${threads === 1 ? '' : 's'}`, load: ms, ...times, peak: peak() };
  } finally {
    peak();
    await browser.close();
    await server.close();
  }
}

async function inNode(name: string): Promise<Result> {
  const began = performance.now();
  const round = await prepare(await readCheckpointFolder(join(CACHE, name)), createNodeRuntime(2));
  const load = performance.now() - began;
  const times = await best(round);
  return {
    where: 'onnxruntime-node, 2 threads',
    load,
    ...times,
    peak: process.resourceUsage().maxRSS * 1024,
  };
}

async function best(round: Round): Promise<{ encode: number; decode: number }> {
  let result = { encode: Number.POSITIVE_INFINITY, decode: Number.POSITIVE_INFINITY };
  for (let i = 0; i < ROUNDS; i++) {
    const { encode, decode } = await round();
    result = { encode: Math.min(encode, result.encode), decode: Math.min(decode, result.decode) };
  }
  return result;
}

/** The benchmark's page, built as the app is, with the checkpoints beside it. */
async function buildPage(): Promise<void> {
  await build({
    root: join('bench', 'checkpoint', 'page'),
    configFile: 'vite.config.ts',
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: join(process.cwd(), OUTPUT),
      emptyOutDir: true,
      rolldownOptions: { input: join('bench', 'checkpoint', 'page', 'index.html') },
    },
  });
  for (const name of ARCHITECTURES) {
    mkdirSync(join(OUTPUT, 'checkpoints', name), { recursive: true });
    for (const file of ['config.json', 'model.safetensors']) {
      linkSync(join(CACHE, name, file), join(OUTPUT, 'checkpoints', name, file));
    }
  }
}
