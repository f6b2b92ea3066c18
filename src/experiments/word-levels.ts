import { throwIfAborted } from '../core/errors';
import type { Tokenizer } from '../core/text/tokens';
import { byteOffsetsOfUnits, encodeUtf8 } from '../core/text/utf8';
import { nextTask } from '../tokenizers/slices';
import { type LevelPoint, type ShownUnits, TYPO_STEP, type WordLevels } from '../tokenizers/words/levels';
import { movedSpans, type Spans } from '../tokenizers/words/spans';
import { survivors } from '../tokenizers/words/survivors';
import { planTypos, type Typo, withTypos } from '../tokenizers/words/typos';
import type { RunContext } from './experiment';
import { typoExamples } from './word-examples';

type Context = Pick<RunContext, 'signal' | 'progress' | 'tokenizer'>;

/** UTF-16 units of the text that are shown. */
const SHOWN = 400;

/** Lengths of words that are counted one by one; the last count is of all longer ones. */
const LENGTHS = 64;

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
  context: Context,
): Promise<WordLevels> {
  throwIfAborted(context.signal);
  const text = original.toWellFormed();
  const tokenizer = await context.tokenizer(against);
  const plan = planTypos(text, seed);
  const clean = await divided(text, split, tokenizer, context);
  const curve: LevelPoint[] = [];
  for (let share = 0; share <= 100; share += TYPO_STEP) {
    const typos = plan.slice(0, Math.round((plan.length * share) / 100));
    // Short texts are divided in one go: an abort may come between them.
    await nextTask();
    throwIfAborted(context.signal);
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
  { signal }: Context,
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
  context: Context,
): Promise<LevelPoint> {
  const mistyped = withTypos(text, plan);
  const now = await divided(mistyped.text, split, tokenizer, context);
  // Places and typos in bytes: the bytes of a character that stays keep their order.
  const places = new Uint32Array(clean.offsets.at(-1)! + 1);
  for (const [unit, byte] of clean.offsets.entries()) {
    const next = clean.offsets[unit + 1] ?? byte + 1;
    for (let i = byte; i < next; i++) places[i] = now.offsets[mistyped.places[unit]!]! + i - byte;
  }
  const changes = mistyped.typos.map(({ start, end }) => ({
    start: clean.offsets[start]!,
    end: clean.offsets[end]!,
  }));
  const words = survivors(clean.words, now.words, places, changes);
  const tokens = survivors(clean.tokens, now.tokens, places, changes);
  const shown = mistyped.places[shownLength(text)]!;
  const shownBytes = now.offsets[shown]!;
  return {
    typos: plan.length,
    words: now.words.starts.length,
    tokens: now.tokens.starts.length,
    wordsChanged: zeros(words.before),
    tokensChanged: zeros(tokens.before),
    excerpt: {
      text: mistyped.text.slice(0, shown),
      words: shownUnits(now.words, words.after, shownBytes),
      tokens: shownUnits(now.tokens, tokens.after, shownBytes),
    },
  };
}

/** The units of the first bytes of a text. */
function shownUnits({ starts, ends }: Spans, kept: Uint8Array, bytes: number): ShownUnits {
  const beyond = ends.findIndex((end) => end > bytes);
  const count = beyond < 0 ? ends.length : beyond;
  return {
    starts: [...starts.subarray(0, count)],
    ends: [...ends.subarray(0, count)],
    isNew: [...kept.subarray(0, count)].map((flag) => flag === 0),
  };
}

/** Where the shown part of a text ends: before a space, or before a character. */
function shownLength(text: string): number {
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
