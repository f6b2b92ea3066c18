import { throwIfAborted } from '../core/errors';
import type { Tokenizer } from '../core/text/tokens';
import { byteOffsetsOfUnits, encodeUtf8, unitOffsetsOfBytes } from '../core/text/utf8';
import { movedSpans, type Spans } from '../tokenizers/words/spans';
import { survivors } from '../tokenizers/words/survivors';
import { planTypos, type Typo, withTypos } from '../tokenizers/words/typos';
import type { RunContext } from './experiment';
import { type TypoExample, typoExamples } from './word-examples';

/** Words with a typo, in percent of those that are long enough: the places of the slider. */
export const TYPO_STEP = 5;

/** UTF-16 units of the text that are shown. */
const SHOWN = 400;

/** Lengths of words that are counted one by one; the last count is of all longer ones. */
const LENGTHS = 64;

/** A text divided into bytes, words and subwords, and what typos do to each: what experiments on word models share. */
export interface WordLevels {
  readonly bytes: number;
  readonly characters: number;
  /** Entries of the tokenizer's vocabulary. */
  readonly vocabulary: number;
  /** Number of words by their length: `bytes[3]` have 3 bytes, the last count is of the longest. */
  readonly lengths: { readonly bytes: readonly number[]; readonly characters: readonly number[] };
  /** Words that are long enough for a typo. */
  readonly eligible: number;
  /** Without typos, then with every 5 % more words that have one. */
  readonly curve: readonly [LevelPoint, ...LevelPoint[]];
  readonly examples: readonly TypoExample[];
  /** Of a word with a typo, the share of its inputs that it still has, 0 to 1; undefined where no word has one. */
  readonly kept: { readonly bytes: number; readonly tokens: number } | undefined;
}

/** A text with typos. */
export interface LevelPoint {
  readonly typos: number;
  readonly words: number;
  readonly tokens: number;
  /** Words and tokens of the text without typos that are no more. */
  readonly wordsChanged: number;
  readonly tokensChanged: number;
  readonly excerpt: Excerpt;
}

/** The text's beginning, as it is shown. */
export interface Excerpt {
  readonly text: string;
  readonly words: ShownUnits;
  readonly tokens: ShownUnits;
}

/** Places in UTF-16 units; `isNew` marks what the text without typos does not have there. */
export interface ShownUnits {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly isNew: readonly boolean[];
}

/**
 * Divides a text into words and into subwords, again and again with more typos.
 * @param split words in UTF-16 units, ascending
 * @param against id of a tokenizer of the catalogue
 * @throws TokenoscopeError `aborted`, and those of the tokenizer
 */
export async function measureWords(
  original: string,
  split: (text: string) => Spans,
  { against, seed }: { readonly against: string; readonly seed: number },
  context: RunContext<WordLevels>,
): Promise<WordLevels> {
  throwIfAborted(context.signal);
  const text = original.toWellFormed();
  const tokenizer = await context.tokenizer(against);
  const plan = planTypos(text, seed);
  const clean = await divided(text, split, tokenizer, context);
  const curve: LevelPoint[] = [];
  for (let share = 0; share <= 100; share += TYPO_STEP) {
    const typos = plan.slice(0, Math.round((plan.length * share) / 100));
    curve.push(await pointOf(text, clean, typos, split, tokenizer, context));
    context.progress?.((0.9 * (share + TYPO_STEP)) / (100 + TYPO_STEP));
  }
  const { examples, kept } = await typoExamples(text, plan, tokenizer, context);
  context.progress?.(1);
  const bytes = encodeUtf8(text).length;
  const lengths = wordLengths(text, clean);
  return {
    bytes,
    characters: [...text].length,
    vocabulary: tokenizer.vocabularySize,
    lengths,
    eligible: plan.length,
    curve: curve as [LevelPoint, ...LevelPoint[]],
    examples,
    kept,
  };
}

/** A text's units; words and tokens in bytes. */
interface Divided {
  readonly words: Spans;
  readonly tokens: Spans & { readonly ids: Uint32Array };
  /** Byte offset of every UTF-16 unit. */
  readonly offsets: Uint32Array;
}

async function divided(
  text: string,
  split: (text: string) => Spans,
  tokenizer: Tokenizer,
  { signal }: RunContext<WordLevels>,
): Promise<Divided> {
  const tokens = await tokenizer.encodeInSlices(text, { ...(signal && { signal }) });
  const offsets = byteOffsetsOfUnits(text);
  return { words: movedSpans(split(text), offsets), tokens, offsets };
}

async function pointOf(
  text: string,
  clean: Divided,
  plan: readonly Typo[],
  split: (text: string) => Spans,
  tokenizer: Tokenizer,
  context: RunContext<WordLevels>,
): Promise<LevelPoint> {
  const mistyped = withTypos(text, plan);
  const now = await divided(mistyped.text, split, tokenizer, context);
  // Places and typos in bytes; the second half of a pair stands where its character does.
  const places = new Uint32Array(clean.offsets.at(-1)! + 1);
  for (const [unit, byte] of clean.offsets.entries()) {
    places.fill(now.offsets[mistyped.places[unit]!]!, byte, clean.offsets[unit + 1] ?? byte + 1);
  }
  const changes = mistyped.typos.map(({ start, end }) => ({
    start: clean.offsets[start]!,
    end: clean.offsets[end]!,
  }));
  const words = survivors(clean.words, now.words, places, changes);
  const tokens = survivors(clean.tokens, now.tokens, places, changes);
  const shown = mistyped.places[shownUnits(text)]!;
  return {
    typos: plan.length,
    words: now.words.starts.length,
    tokens: now.tokens.starts.length,
    wordsChanged: zeros(words.before),
    tokensChanged: zeros(tokens.before),
    excerpt: {
      text: mistyped.text.slice(0, shown),
      ...shownIn(mistyped.text, shown, now, words.after, tokens.after),
    },
  };
}

function shownIn(text: string, shown: number, now: Divided, words: Uint8Array, tokens: Uint8Array) {
  const bytes = encodeUtf8(text.slice(0, shown));
  const units = unitOffsetsOfBytes(bytes);
  const pick = ({ starts, ends }: Spans, kept: Uint8Array): ShownUnits => {
    const count = [...ends.subarray(0, bytes.length + 1)].findIndex((end) => end > bytes.length);
    const last = count < 0 ? Math.min(ends.length, bytes.length + 1) : count;
    return {
      starts: [...starts.subarray(0, last)].map((start) => units[start]!),
      ends: [...ends.subarray(0, last)].map((end) => units[end]!),
      isNew: [...kept.subarray(0, last)].map((flag) => flag === 0),
    };
  };
  return { words: pick(now.words, words), tokens: pick(now.tokens, tokens) };
}

/** Where the shown part of a text ends: before a space, or before a character. */
function shownUnits(text: string): number {
  if (text.length <= SHOWN) return text.length;
  const space = text.lastIndexOf(' ', SHOWN);
  if (space > SHOWN / 2) return space;
  return SHOWN + (text.charCodeAt(SHOWN) >> 10 === 0xdc00 >> 10 ? 1 : 0);
}

function wordLengths(text: string, { words: { starts, ends } }: Divided): WordLevels['lengths'] {
  const encoded = encodeUtf8(text);
  const bytes: number[] = Array(LENGTHS).fill(0);
  const characters: number[] = Array(LENGTHS).fill(0);
  for (const [i, start] of starts.entries()) {
    const end = ends[i]!;
    bytes[Math.min(LENGTHS - 1, end - start)]!++;
    let count = 0;
    for (let at = start; at < end; at++) if ((encoded[at]! & 0xc0) !== 0x80) count++;
    characters[Math.min(LENGTHS - 1, count)]!++;
  }
  return { bytes, characters };
}

function zeros(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + 1 - flag, 0);
}
