import { execFileSync } from 'node:child_process';
import { textTokenizers } from '../../src/catalog/tokenizers';
import { type Corpus, corpora } from './corpora';
import { type LoadCost, loadAlone } from './load-alone';
import { type EncodingId, huggingFace, type Peer, peersOf, tokenoscope } from './peers';

const ROUNDS = 7;
/** Fresh processes in which loading is measured. */
const LOADS = 5;
/** A library gets about this long for one text: the slow ones take part in fewer rounds. */
const PATIENCE_MS = 4000;

const MEASURED: readonly EncodingId[] = ['cl100k', 'o200k'];
/** Measured beside Hugging Face's library, the only other one in JavaScript that knows them. */
const HUGGING_FACE = ['llama-3', 'qwen-2.5', 'gemma-2', 'bert-uncased'] as const;

interface Loaded {
  readonly name: string;
  readonly count: (text: string) => number;
}

/**
 * Measures encoding speed beside other libraries, interleaved in one run, so that the ratios hold whatever
 * else the machine does. Answers a Markdown section.
 */
export async function run(): Promise<string> {
  const texts = corpora();
  const sections: string[] = [
    '## Text: encoding speed',
    `MB/s, median of up to ${ROUNDS} interleaved rounds after one warm-up; 1 MB = 10^6 bytes of UTF-8. The ratio is Tokenoscope over the fastest other library. CPU time of the process, so that other work on the machine does not count. Loading is measured in fresh processes of their own (median of ${LOADS}), with the library's code, until a first short text is encoded. A library that has used ${PATIENCE_MS / 1000} s on a text takes part in no further round; one that would need more than 15 s for the letters is measured on an eighth of them, which flatters it. Every round has another text (rotated lines, sentences made anew, another letter), as some libraries remember long pieces or even whole texts.`,
    `Node ${process.version}, ${process.arch}. Tokenoscope also answers byte offsets for every token; the others do not.`,
  ];
  for (const id of MEASURED) sections.push(await measure(id, texts));
  sections.push("Against Hugging Face's library in JavaScript with the same tokenizer.json:");
  for (const id of HUGGING_FACE) sections.push(await measure(id, texts));
  const { measureBrowser } = await import('./browser');
  sections.push(await measureCatalogue(texts), await measureBrowser(texts));
  return `${sections.join('\n\n')}\n`;
}

/** Every tokenizer of the catalogue: what a byte of one repeated letter costs beside a byte of prose. */
async function measureCatalogue(texts: Corpus[]): Promise<string> {
  const rows: string[] = [];
  for (const { id } of textTokenizers) {
    const loaded = await load(tokenoscope(id));
    const speeds = texts.map((text) => {
      const times = Array.from({ length: ROUNDS + 1 }, (_, round) => time(loaded, text.textOf(round)).ms);
      return text.bytes / 1000 / median(times.slice(1));
    });
    rows.push(`| ${id} | ${speeds.map(figure).join(' | ')} | ${figure(speeds[0]! / speeds.at(-1)!)}x |`);
  }
  return [
    'Every tokenizer of the catalogue, and what a byte of one repeated letter costs compared with a byte of prose:',
    [
      `| tokenoscope | ${texts.map((text) => text.name).join(' | ')} | letter : prose |`,
      `|---|${texts.map(() => '---|').join('')}---|`,
      ...rows,
    ].join('\n'),
  ].join('\n\n');
}

async function measure(id: string, texts: Corpus[]): Promise<string> {
  const peers = peersFor(id);
  const costs = peers.map(({ name }) => loadCost(id, name));
  const loaded: Loaded[] = [];
  for (const peer of peers) loaded.push(await load(peer));
  const speeds = loaded.map(() => [] as number[]);
  for (const text of texts) {
    const counts = new Set<number>();
    const spent = loaded.map(() => 0);
    const times = loaded.map(() => [] as number[]);
    // Some libraries are quadratic in one long word: an eighth of it tells, where the whole would take minutes.
    const share = loaded.map((peer) => (time(peer, eighth(text.textOf(25))).ms * 64 > 15_000 ? 1 / 8 : 1));
    for (let round = 0; round <= ROUNDS; round++) {
      const whole = text.textOf(round);
      counts.clear();
      loaded.forEach((peer, i) => {
        if (spent[i]! > PATIENCE_MS) return;
        const { ms, tokens } = time(peer, share[i] === 1 ? whole : eighth(whole));
        spent[i]! += ms;
        if (share[i] === 1) counts.add(tokens);
        if (counts.size > 1)
          console.warn(`${id}, ${text.name}: ${peer.name} disagrees: ${[...counts].join(', ')} tokens.`);
        // The first round warms up, unless it used up the patience.
        if (round === 0 && ms <= PATIENCE_MS) return;
        times[i]!.push(ms);
      });
    }
    times.forEach((values, i) => {
      speeds[i]!.push((text.bytes * share[i]!) / 1000 / median(values));
    });
  }
  const header = `| ${id} | load ms | load MB | ${texts.map((text) => text.name).join(' | ')} |`;
  const rule = `|---|---|---|${texts.map(() => '---|').join('')}`;
  const rows = loaded.map(
    (peer, i) =>
      `| ${peer.name} | ${costs[i]!.ms.toFixed(0)} | ${(costs[i]!.bytes / 1e6).toFixed(1)} | ${speeds[i]!.map(figure).join(' | ')} |`,
  );
  const best = texts.map((_, t) => speeds[0]![t]! / Math.max(...speeds.slice(1).map((row) => row[t]!)));
  const fastestLoad = Math.min(...costs.slice(1).map(({ ms }) => ms));
  const ratio = `| **ratio** | ${(costs[0]!.ms / fastestLoad).toFixed(2)}x | | ${best.map((value) => `${figure(value)}x`).join(' | ')} |`;
  return [header, rule, ...rows, ratio].join('\n');
}

async function load(peer: Peer): Promise<Loaded> {
  return { name: peer.name, count: await peer.load() };
}

/** What loading takes, median of fresh processes. */
function loadCost(id: string, name: string): LoadCost {
  const program =
    'const { loadInThisProcess } = await import(process.argv[1]); await loadInThisProcess(process.argv[2], process.argv[3]); process.exit();';
  const costs = Array.from({ length: LOADS }, () => {
    const options = ['--input-type=module', '-e', program, import.meta.url, id, name];
    return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' })) as LoadCost;
  });
  return { ms: median(costs.map(({ ms }) => ms)), bytes: median(costs.map(({ bytes }) => bytes)) };
}

/** What `loadCost` calls in a process of its own: prints the cost as JSON. */
export async function loadInThisProcess(id: string, name: string): Promise<void> {
  const peer = peersFor(id).find((candidate) => candidate.name === name)!;
  process.stdout.write(JSON.stringify(await loadAlone(peer)));
}

function peersFor(id: string): Peer[] {
  const encoding = MEASURED.find((known) => known === id);
  return encoding ? peersOf(encoding) : [tokenoscope(id), huggingFace(id)];
}

function time(peer: Loaded, text: string): { ms: number; tokens: number } {
  // CPU time, not wall time: what else the machine does must not count.
  const started = process.cpuUsage();
  const tokens = peer.count(text);
  const { user, system } = process.cpuUsage(started);
  return { ms: (user + system) / 1000, tokens };
}

function eighth(text: string): string {
  return text.slice(0, text.length >> 3);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
