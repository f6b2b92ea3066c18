import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BPE, byteLevelPreTokenizer, Tokenizer } from 'tokenizers';
import { scannedPatterns } from '../../src/tokenizers/pretokenizers/known-scanners';
import { Corpus } from '../../src/tokenizers/train/corpus';
import { trainTokenizer } from '../../src/tokenizers/train/train';

/** The vocabulary of the official library's default trainer, which its npm package cannot change. */
const SIZE = 30_000;

/**
 * Measures training of byte-level BPE beside the official trainer, by processor time of all threads, so that neither
 * other work nor threads count. The text is the file that TRAIN_TEXT names, else what the page brings along.
 * Answers a Markdown section.
 */
export async function run(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'train-'));
  try {
    const given = process.env['TRAIN_TEXT'];
    const file = given ?? join(folder, 'alice.txt');
    if (!given) writeFileSync(file, gunzipSync(readFileSync('src/catalog/corpora/alice.pack')));
    const bytes = readFileSync(file).length;
    const ours = cost(() => trainHere(file));
    const official = cost(() => trainThere(file));
    const row = (name: string, { ms, result }: { ms: number; result: number }) =>
      `| ${name} | ${(ms / 1000).toFixed(2)} | ${(bytes / 1000 / ms).toFixed(2)} | ${result} | ${(ms / official.ms).toFixed(2)}x |`;
    return [
      '## Text: training BPE',
      `Seconds of processor time (all threads together) until ${SIZE} tokens are learned, and MB/s, from ${basename(file)} (${(bytes / 1e6).toFixed(2)} MB; TRAIN_TEXT names another file). GPT-2's pattern, no least frequency. Here every byte is a token, there only those of the text. The ratio is to the official trainer: less than 1 is faster.`,
      [
        '| trainer | seconds | MB/s | tokens | ratio |',
        '|---|---|---|---|---|',
        row('tokenoscope', ours),
        row('tokenizers (Rust)', official),
      ].join('\n'),
    ].join('\n\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function cost(work: () => number): { ms: number; result: number } {
  const started = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(started);
  return { ms: (user + system) / 1000, result };
}

/** @returns tokens of the vocabulary */
function trainHere(file: string): number {
  const settings = {
    kind: 'bpe',
    vocabularySize: SIZE,
    minFrequency: 0,
    pattern: scannedPatterns[0]!,
    special: [] as string[],
  } as const;
  const corpus = new Corpus(settings);
  const text = readFileSync(file, 'utf8');
  // Slices that end where lines end, as files are read.
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from + (1 << 20)) + 1;
    const to = end > 0 ? end : text.length;
    corpus.add(text.slice(from, to));
    from = to;
  }
  const training = trainTokenizer(corpus, settings);
  let step = training.next();
  while (!step.done) step = training.next();
  return step.value.vocabulary;
}

/** @returns tokens of the vocabulary */
function trainThere(file: string): number {
  const tokenizer = new Tokenizer(BPE.empty());
  tokenizer.setPreTokenizer(byteLevelPreTokenizer(false));
  tokenizer.train([file]);
  return tokenizer.getVocabSize();
}
