import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, linkSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { ensureBrowser } from '../../scripts/lib/browser.mjs';
import { startServer } from '../../scripts/serve.mjs';
import { readPictureFile } from '../../src/cli/picture-file';
import { openImageModel } from '../../src/engine/image/model';
import { createNodeRuntime } from '../../src/engine/ort/node';
import { inspectCheckpointFolder, readCheckpointFolder } from '../../src/engine/weights/checkpoint-folder';
import { watchMemory } from './memory';
import type { CheckpointBenchPage } from './page/main';
import { prepare, type Round } from './prepare';

const ARCHITECTURES = ['titok-s-128', 'one-d-piece-s-256'];
const GOLDEN = ['one-d-piece-tiny', 'titok-tiny-vq-rgb', 'detailflow-tiny'];
const FIXTURES = join('src', 'engine', 'families', 'fixtures');
const WEIGHTS = 'model.safetensors';
const HALF = '-half';
const CACHE = join('.cache', 'checkpoints');
const OUTPUT = join('dist-cli', 'bench-checkpoint-page');
const ROUNDS = 3;

interface Result {
  readonly where: string;
  readonly load: number;
  readonly encode: number;
  readonly decode: number;
  /** Bytes at most while it is loaded, and in runs. */
  readonly loading: number | undefined;
  readonly running: number | undefined;
}

/** The page's globals, as seen by functions that Playwright sends into it. */
declare const bench: CheckpointBenchPage;

/** Measures checkpoints of published sizes (with random weights) on WASM and in Node. Answers a Markdown section. */
export async function run(): Promise<string> {
  for (const name of ARCHITECTURES) await make(name);
  await buildPage();
  const sections = [
    '## Checkpoints: memory and time',
    `Checkpoints of published sizes with random weights, as published (32-bit floats) and in half precision (matrices of 16). Seconds, the best of ${ROUNDS} rounds after loading; loading is building the graphs and both sessions, without the download. Memory of the process that runs the model (the tab's own process in the browser): its peak while loading, and its peak in runs.`,
  ];
  for (const name of ARCHITECTURES) {
    const { parameters, work } = await inspectCheckpointFolder(join(CACHE, name));
    const { multiplications, onProcessor = multiplications } = work;
    const megabytes = (folder: string) => (statSync(join(CACHE, folder, WEIGHTS)).size / 1e6).toFixed(0);
    const giga = (count: number) => ((2 * count) / 1e9).toFixed(0);
    sections.push(
      `${name}: ${(parameters / 1e6).toFixed(1)} M parameters, ${megabytes(name)} MB, ${megabytes(name + HALF)} in half precision, ${giga(multiplications.encode)} GFLOP to encode, ${giga(multiplications.decode)} to decode (${giga(onProcessor.decode)} in tiles, as here).`,
      table([
        await inBrowser(name, 2),
        await inBrowser(name + HALF, 2),
        await inBrowser(name, 1),
        await inBrowser(name + HALF, 1),
        await inNode(name),
      ]),
    );
  }
  sections.push(...(await accuracy()));
  return `${sections.join('\n\n')}\n`;
}

/** Writes a checkpoint, and what the page would keep of it in half precision, unless they are there. */
async function make(name: string): Promise<void> {
  if (!existsSync(join(CACHE, name, WEIGHTS))) {
    execFileSync(process.execPath, ['scripts/make-checkpoint.mjs', name, join(CACHE, name)]);
  }
  const folder = join(CACHE, name + HALF);
  if (existsSync(join(folder, WEIGHTS))) return;
  const { data } = await readCheckpointFolder(join(CACHE, name), { precision: 'half' });
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(CACHE, name, 'config.json'), join(folder, 'config.json'));
  writeFileSync(join(folder, WEIGHTS), data[0]!.bytes);
}

function table(results: readonly Result[]): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(2);
  const gigabytes = (bytes: number | undefined) => (bytes === undefined ? '–' : (bytes / 1e9).toFixed(2));
  const rows = results.map(
    ({ where, load, encode, decode, loading, running }) =>
      `| ${where} | ${seconds(load)} | ${seconds(encode)} | ${seconds(decode)} | ${gigabytes(loading)} | ${gigabytes(running)} |`,
  );
  return [
    '| where | load s | encode s | decode s | loading GB | runs GB |',
    '|---|--:|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

async function inBrowser(name: string, threads: number): Promise<Result> {
  // An otherwise meaningless switch identifies this browser's processes.
  const mark = `--random-seed=${process.pid}${ARCHITECTURES.length}${threads}${name.length}`;
  const watch = () => watchMemory('--type=renderer', mark);
  return onPage([`--js-flags=${mark}`], async (page) => {
    let peak = watch();
    const { ms } = await page.evaluate(([id, count]) => bench.open(id, count), [name, threads] as const);
    const loading = peak();
    peak = watch();
    const times = await best(() => page.evaluate(() => bench.round()));
    const precision = name.endsWith(HALF) ? ', half precision' : '';
    const where = `WASM, ${threads} thread${threads === 1 ? '' : 's'}${precision}`;
    return { where, load: ms, ...times, loading, running: peak() };
  });
}

async function onPage<T>(args: readonly string[], work: (page: Page) => Promise<T>): Promise<T> {
  const server = await startServer({ root: OUTPUT, port: 0 });
  const executablePath = await ensureBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', ...args],
  });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => 'bench' in globalThis);
    return await work(page);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** How far off reconstructions and ids are: golden checkpoints, and one of published size against itself. */
async function accuracy(): Promise<string[]> {
  const rows = await onPage([], async (page) => {
    const results: string[] = [];
    for (const name of GOLDEN) {
      for (const half of [false, true]) {
        const { ids, wrong, most, mean } = await page.evaluate(([id, isHalf]) => bench.golden(id, isHalf), [
          name,
          half,
        ] as const);
        results.push(
          `| ${name} | ${half ? 'half' : 'full'} | ${wrong} of ${ids} | ${most.toExponential(1)} | ${mean.toExponential(1)} |`,
        );
      }
    }
    return results;
  });
  return [
    'How far off the golden checkpoints are on WASM from what the official code computed, where reconstructions are numbers from 0 to 1 (a level of 8 bits is 3.9e-3, golden data is kept to 4e-6):',
    ['| golden checkpoint | precision | other ids | most | mean |', '|---|---|--:|--:|--:|', ...rows].join(
      '\n',
    ),
    await halfAgainstFull(ARCHITECTURES.at(-1)!),
  ];
}

async function halfAgainstFull(name: string): Promise<string> {
  const open = async (precision: 'full' | 'half') =>
    openImageModel(await readCheckpointFolder(join(CACHE, name), { precision }), createNodeRuntime(2));
  const [full, half] = [await open('full'), await open('half')];
  const pictures = ['cat', 'mountain-lake', 'poster'];
  const found = { ids: 0, wrong: 0, most: 0, sum: 0, values: 0 };
  for (const picture of pictures) {
    const image = await readPictureFile(join('public', 'samples', `${picture}.webp`), full.manifest.image);
    const [ids, others] = [await full.encode(image), await half.encode(image)];
    found.ids += ids.length;
    found.wrong += ids.filter((id, i) => id !== others[i]).length;
    const [exact, rounded] = [await full.decode(ids, ids.length), await half.decode(ids, ids.length)];
    exact.data.forEach((value, i) => {
      const difference = Math.abs(value - rounded.data[i]!);
      found.most = Math.max(found.most, difference);
      found.sum += difference;
      found.values++;
    });
  }
  return `${name} with random weights, half precision against full on ${pictures.length} samples (onnxruntime-node): ${found.wrong} of ${found.ids} ids differ, and values of pictures by ${found.most} of 255 at most, ${(found.sum / found.values).toFixed(2)} on average.`;
}

async function inNode(name: string): Promise<Result> {
  const began = performance.now();
  const round = await prepare(await readCheckpointFolder(join(CACHE, name)), createNodeRuntime(2));
  const load = performance.now() - began;
  // Memory left by earlier models of this process is included, so the figure says little.
  return {
    where: 'onnxruntime-node, 2 threads',
    load,
    ...(await best(round)),
    loading: undefined,
    running: undefined,
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
  const folders = [...ARCHITECTURES, ...ARCHITECTURES.map((name) => name + HALF)].map((name) =>
    join(CACHE, name),
  );
  for (const folder of [...folders, ...GOLDEN.map((name) => join(FIXTURES, name))]) {
    const target = join(OUTPUT, 'checkpoints', basename(folder));
    mkdirSync(target, { recursive: true });
    for (const file of ['config.json', WEIGHTS, 'expected.safetensors']) {
      if (existsSync(join(folder, file))) linkSync(join(folder, file), join(target, file));
    }
  }
}
