import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { letterOfByte } from '../byte-letters';
import { drain } from '../files/steps';
import { scannerFor } from '../pretokenizers/scanner-for';
import { countWords } from './count-words';
import { isAllowed, SUPERWORD_PATTERN, trainSuperBpe, wordsIn } from './superbpe';
import { counted } from './testing/counted';
import { WordCounts } from './word-counts';

const text = readFileSync(join(import.meta.dirname, '../../../LICENSE'), 'utf8').slice(0, 2500);

function stretches(): WordCounts {
  const counts = new WordCounts();
  countWords([{ counts, scanner: scannerFor(SUPERWORD_PATTERN)() }], text);
  return counts;
}

const words = (counts: WordCounts) =>
  Array.from({ length: counts.size }, (_, i) => ({
    times: counts.count(i),
    symbols: [...counts.bytes.subarray(counts.start(i), counts.start(i + 1))].map((byte) =>
      String.fromCharCode(letterOfByte[byte]!),
    ),
  }));

type Words = ReturnType<typeof words>;

/** As it is written down: the corpus is read again for every merge. */
function plainly(corpus: Words, rank: Map<string, number>, until: number, allows: (name: string) => boolean) {
  const merges: [string, string][] = [];
  const dropped = new Set<string>();
  while (rank.size < until) {
    const counts = new Map<string, number>();
    for (const { symbols, times } of corpus) {
      for (let i = 1; i < symbols.length; i++) {
        const pair = `${symbols[i - 1]} ${symbols[i]}`;
        if (!dropped.has(pair)) counts.set(pair, (counts.get(pair) ?? 0) + times);
      }
    }
    const [best] = [...counts].sort(
      ([a, often], [b, other]) => other - often || compare(a.split(' '), b.split(' '), rank),
    );
    if (!best || best[1] < 2) break;
    const [left, right] = best[0].split(' ') as [string, string];
    if (!allows(left + right)) {
      dropped.add(best[0]);
      continue;
    }
    if (!rank.has(left + right)) rank.set(left + right, rank.size);
    merges.push([left, right]);
    for (const word of corpus) word.symbols = merged(word.symbols, left, right);
  }
  return merges;
}

function compare(a: readonly string[], b: readonly string[], rank: Map<string, number>): number {
  return rank.get(a[0]!)! - rank.get(b[0]!)! || rank.get(a[1]!)! - rank.get(b[1]!)!;
}

function merged(symbols: readonly string[], left: string, right: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < symbols.length; i++) {
    const isPair = symbols[i] === left && symbols[i + 1] === right;
    out.push(isPair ? left + right : symbols[i]!);
    if (isPair) i++;
  }
  return out;
}

it('learns what the two stages, carried out plainly, learn', () => {
  const settings = {
    vocabularySize: 400,
    transition: 340,
    minFrequency: 2,
    alphabet: 'all',
    special: [],
  } as const;
  const trained = drain(trainSuperBpe(counted(text), stretches, settings));
  const rank = new Map(trained.names.slice(0, 256).map((name, id) => [name, id]));
  const first = plainly(words(counted(text)), rank, 340, () => true);
  const long = words(stretches());
  for (const [left, right] of first)
    for (const word of long) word.symbols = merged(word.symbols, left, right);
  const second = plainly(long, rank, 400, isAllowed);
  expect(trained.firstMerges).toBe(first.length);
  expect(trained.merges.map(([left, right]) => [trained.names[left], trained.names[right]])).toEqual([
    ...first,
    ...second,
  ]);
  const superwords = trained.names.slice(340).filter((name) => wordsIn(name) > 1);
  expect(superwords.length).toBeGreaterThan(5);
});

it('makes no token of more than four words, or with a colon before a space', () => {
  expect(isAllowed('ĠatĠtheĠendĠof')).toBe(true);
  expect(isAllowed('ĠatĠtheĠendĠofĠit')).toBe(false);
  expect(isAllowed('Answer:Ġthe')).toBe(false);
});
