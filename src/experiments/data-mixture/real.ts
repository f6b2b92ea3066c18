import { findTextTokenizer } from '../../catalog/tokenizers';
import type { Tokenizer } from '../../core/text/tokens';
import { encodeUtf8 } from '../../core/text/utf8';
import { scannerFor } from '../../tokenizers/pretokenizers/scanner-for';
import { WordCounts } from '../../tokenizers/train/word-counts';
import type { LinearProgram } from '../linear-program';
import { symbolsOf } from './corpus';
import { historyOf, type Merge } from './history';
import { type Guess, infer } from './infer';
import { rivals } from './rivals';
import { KINDS, realTexts } from './samples';

/** Tokenizers of the catalogue whose mixture is estimated. */
export const REAL = ['gpt2', 'cl100k', 'o200k', 'llama-3'] as const;
export type RealId = (typeof REAL)[number];

/** Numbers of merges at which the mixture is estimated. */
const REAL_SIZES = [10, 20, 30, 50, 75, 100, 150, 200] as const;

/** Of an extension: it begins where little of the samples is left to merge, and every comparison is a noisy one. */
const EXTENSION_SIZES = REAL_SIZES.filter((size) => size <= 50);

/** Llama 3 continues the list of cl100k. */
const EXTENDED = { id: 'llama-3', base: 'cl100k' } as const;

/** By tokenizer. */
export function sizesOf(id: RealId): readonly number[] {
  return id === EXTENDED.id ? EXTENSION_SIZES : REAL_SIZES;
}

/** Single bytes come before the first merge. */
const BYTES = 256;
/** Tokens whose merges are looked up between two looks at the clock. */
const STEP = 500;
/** Tokens that are shown. */
const SHOWN = 60;

export interface RealGuess extends Guess {
  /** Of these merges, the part whose pair is the most frequent one in the samples under these shares, of 1. */
  readonly first: number;
  /** The same for the ten most frequent ones. */
  readonly firstTen: number;
}

export interface RealResult {
  readonly kind: 'real';
  readonly id: RealId;
  /** By merges, ascending; shares in the order of `KINDS`. */
  readonly guesses: readonly RealGuess[];
  /** Bytes of the first tokens that were looked at, in the order of the list. */
  readonly tokens: readonly Uint8Array[];
  /** Merges of the list that this one continues; 0 where it begins its own. */
  readonly inherited: number;
}

/** What `estimate` is given. */
export interface RealInput {
  readonly id: RealId;
  /** Of the visitor. */
  readonly own: string;
  tokenizer(id: string): Promise<Tokenizer>;
  readonly program: LinearProgram;
  preview(result: RealResult): void;
}

/** Loads what is needed; then the steps of the estimate, which yield the share done. */
export async function estimate(input: RealInput): Promise<Generator<number, RealResult>> {
  const { id } = input;
  const [tokenizer, texts] = await Promise.all([input.tokenizer(id), realTexts(input.own)]);
  const base = id === EXTENDED.id ? await input.tokenizer(EXTENDED.base) : undefined;
  return steps(input, tokenizer, texts, base);
}

function* steps(
  { id, program, preview }: RealInput,
  tokenizer: Tokenizer,
  texts: readonly string[],
  base: Tokenizer | undefined,
): Generator<number, RealResult> {
  const start = base ? yield* firstOther(tokenizer, base) : BYTES;
  const sizes = sizesOf(id);
  const most = sizes.at(-1)!;
  const before = yield* mergesOf(tokenizer, BYTES, start - BYTES);
  const merges = yield* mergesOf(tokenizer, start, most);
  const symbolOf = new Int32Array(BYTES);
  for (let symbol = 0; symbol < BYTES; symbol++) symbolOf[tokenizer.tokenBytes(symbol)[0]!] = symbol;
  const scanner = scannerFor(patternOf(id));
  const words = [];
  for (const text of texts) {
    words.push(symbolsOf(pieces(text, scanner()), symbolOf));
    yield 0.1;
  }
  const replay = historyOf(words, merges, before);
  let next = replay.next();
  for (; !next.done; next = replay.next()) yield 0.1 + 0.2 * next.value;
  const history = next.value;
  const guesses: RealGuess[] = [];
  const result = (): RealResult => ({
    kind: 'real',
    id,
    guesses: [...guesses],
    tokens: merges.slice(0, SHOWN).map(({ merged }) => tokenizer.tokenBytes(merged)),
    inherited: before.length,
  });
  for (const guess of infer(history, program, sizes)) {
    if (guess) {
      const more = rivals(history, guess.shares, guess.merges);
      const part = (most: number) => more.filter((count) => count < most).length / more.length;
      guesses.push({ ...guess, first: part(1), firstTen: part(10) });
      preview(result());
    }
    yield 0.3 + (0.69 * guesses.length) / sizes.length;
  }
  return result();
}

/** The first token that the other tokenizer has not at the same place. */
export function* firstOther(tokenizer: Tokenizer, base: Tokenizer): Generator<number, number> {
  for (let id = 0; ; id++) {
    if (base.token(id)?.special !== false) return id;
    const bytes = base.tokenBytes(id);
    if (!tokenizer.tokenBytes(id).every((byte, i) => byte === bytes[i])) return id;
    if (id % STEP === 0) yield 0;
  }
}

/** The merges that make `count` tokens from `from` on: ids are places in the list. */
function* mergesOf(tokenizer: Tokenizer, from: number, count: number): Generator<number, Merge[]> {
  const merges: Merge[] = [];
  for (let merged = from; merged < from + count; merged++) {
    // Without halves, a token is one that the list itself never makes.
    const halves = tokenizer.merged?.(merged)?.halves;
    if (halves) merges.push({ left: halves[0], right: halves[1], merged });
    if (merged % STEP === 0) yield 0.05;
  }
  return merges;
}

/** As the tokenizer itself divides the text, across line ends too. */
function pieces(text: string, scanner: ReturnType<ReturnType<typeof scannerFor>>): WordCounts {
  const counts = new WordCounts();
  const bytes = encodeUtf8(text);
  scanner.begin(text, 0, text.length, bytes, 0, bytes.length);
  for (let from = 0; from < bytes.length; ) {
    const to = scanner.next();
    counts.add(bytes, from, to);
    from = to;
  }
  return counts;
}

function patternOf(id: RealId): string {
  const spec = findTextTokenizer(id)?.spec;
  if (spec?.kind !== 'bpe-ranks') throw new RangeError(`${id} is no list of merges.`);
  return spec.pattern;
}

/** The share of each group of kinds, of 1. */
export function groupShares({ shares }: Guess): Readonly<Record<(typeof KINDS)[number]['group'], number>> {
  const sums = { english: 0, yours: 0, other: 0, code: 0 };
  KINDS.forEach(({ group }, i) => {
    sums[group] += Math.max(0, shares[i]!);
  });
  return sums;
}
