import { NO_SCRIPT, scriptFinder } from '../../core/text/scripts';
import { sentenceSpans } from '../../core/text/sentences';
import { decodeUtf8, isContinuation } from '../../core/text/utf8';
import { dearTextMeasures, type StudiedText } from '../../measures/dear-text-measures';
import { textMeasures } from '../../measures/text-measures';
import { inSlices } from '../../tokenizers/files/steps';
import type { MeasuredText, PartKind, TextPart } from './study.api';

/** More lines or sentences than a table can show are not measured. */
const MAX_LINES = 2000;

/** A tokenized text as a whole. */
export type WholeText = Omit<StudiedText, 'bytes' | 'codePoints' | 'words'>;

/**
 * Measures a text, or each of its lines or sentences, or what is in each of its scripts. A token belongs to the line or the
 * sentence in which it begins, and to the script of its first character that has one, as a word does.
 * @param ids of measures, cheap and dear ones
 * @throws TokenoscopeError `aborted`
 */
export async function measureParts(
  text: WholeText,
  by: PartKind,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<MeasuredText> {
  const measures = ids.map((id) => [...textMeasures, ...dearTextMeasures].find((one) => one.id === id));
  const { parts, left } = await inSlices(partsOf(text, by), { signal });
  const work = function* (): Generator<void, (number | null)[][], void> {
    const values: (number | null)[][] = [];
    for (const { study } of parts) {
      values.push(measures.map((measure) => measure?.compute(study) ?? null));
      yield;
    }
    return values;
  };
  const values = await inSlices(work(), { signal });
  return { parts: parts.map(({ part }) => part), values, left };
}

interface Part {
  readonly part: TextPart;
  readonly study: StudiedText;
}

interface Parts {
  readonly parts: readonly Part[];
  readonly left: number;
}

function partsOf(text: WholeText, by: PartKind): Generator<void, Parts, void> {
  if (by === 'line') return stretches(text, lineEnds(text.utf8));
  if (by === 'sentence') return sentences(text);
  return by === 'script' ? scripts(text) : whole(text);
}

// biome-ignore lint/correctness/useYield: the other kinds yield
function* whole(text: WholeText): Generator<void, Parts, void> {
  const bytes = text.utf8.length;
  const words = text.wordSpans.starts.length;
  const study = { ...text, bytes, words, codePoints: countPoints(text.utf8, 0, bytes) };
  return { parts: [{ part: { name: '', start: 0, end: bytes }, study }], left: 0 };
}

/** Where each line ends, behind its line break. */
function* lineEnds(utf8: Uint8Array): Generator<number, void, void> {
  for (let start = 0; start < utf8.length; ) {
    const feed = utf8.indexOf(0x0a, start);
    start = feed < 0 ? utf8.length : feed + 1;
    yield start;
  }
}

function* sentences(text: WholeText): Generator<void, Parts, void> {
  const { ends } = yield* sentenceSpans(decodeUtf8(text.utf8));
  return yield* stretches(text, ends);
}

/** Parts that follow one another from the text's beginning. @param ends of each, in bytes */
function* stretches(text: WholeText, ends: Iterable<number>): Generator<void, Parts, void> {
  const { utf8, tokens, wordSpans } = text;
  const parts: Part[] = [];
  let left = 0;
  let token = 0;
  let word = 0;
  let start = 0;
  let number = 0;
  for (const end of ends) {
    number++;
    const firstToken = token;
    while (token < tokens.ids.length && tokens.starts[token]! < end) token++;
    const firstWord = word;
    while (word < wordSpans.starts.length && wordSpans.starts[word]! < end) word++;
    // The line break is a byte of its line, as some token holds it.
    const isEmpty = utf8.subarray(start, end).every((byte) => byte === 0x0a || byte === 0x0d);
    if (!isEmpty && parts.length === MAX_LINES) left++;
    else if (!isEmpty) {
      const study: StudiedText = {
        ...text,
        tokens: slice(tokens, firstToken, token),
        wordSpans: slice(wordSpans, firstWord, word),
        words: word - firstWord,
        bytes: end - start,
        codePoints: countPoints(utf8, start, end),
      };
      const shownEnd = utf8[end - 1] === 0x0a ? end - 1 : end;
      parts.push({ part: { name: String(number), start, end: shownEnd }, study });
    }
    start = end;
    yield;
  }
  return { parts, left };
}

function* scripts(text: WholeText): Generator<void, Parts, void> {
  const { utf8, tokens, wordSpans } = text;
  const scriptOf = scriptFinder();
  /** Of the first character with a script from `start` on; continuation bytes before it belong to its token. */
  const scriptIn = (start: number, end: number): string => {
    let from = start;
    while (from > 0 && isContinuation(utf8[from] ?? 0)) from--;
    let to = Math.min(end, utf8.length);
    while (to < utf8.length && isContinuation(utf8[to]!)) to++;
    for (const character of decodeUtf8(utf8.subarray(from, to))) {
      const script = scriptOf(character.codePointAt(0)!);
      if (script !== NO_SCRIPT) return script;
    }
    return NO_SCRIPT;
  };
  const groups = new Map<string, { tokens: number[]; words: number[]; bytes: number; points: number }>();
  const groupOf = (script: string) => {
    const known = groups.get(script);
    if (known) return known;
    const fresh = { tokens: [], words: [], bytes: 0, points: 0 };
    groups.set(script, fresh);
    return fresh;
  };
  let covered = 0;
  for (let i = 0; i < tokens.ids.length; i++) {
    const start = tokens.starts[i]!;
    const end = tokens.ends[i]!;
    const group = groupOf(scriptIn(start, end));
    group.tokens.push(i);
    // Tokens may overlap: a byte counts once.
    const from = Math.max(start, covered);
    if (end > from) {
      group.bytes += end - from;
      group.points += countPoints(utf8, from, end);
      covered = end;
    }
    if (i % 512 === 511) yield;
  }
  for (let i = 0; i < wordSpans.starts.length; i++) {
    groupOf(scriptIn(wordSpans.starts[i]!, wordSpans.ends[i]!)).words.push(i);
    if (i % 512 === 511) yield;
  }
  const parts = [...groups].map(([name, group]): Part => {
    const study: StudiedText = {
      ...text,
      tokens: pick(tokens, group.tokens),
      wordSpans: pick(wordSpans, group.words),
      words: group.words.length,
      bytes: group.bytes,
      codePoints: group.points,
    };
    return { part: { name, start: 0, end: group.bytes }, study };
  });
  parts.sort((a, b) => b.part.end - a.part.end || (a.part.name < b.part.name ? -1 : 1));
  return { parts, left: 0 };
}

function countPoints(utf8: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if (!isContinuation(utf8[i]!)) count++;
  return count;
}

type Arrays = Readonly<Record<string, Uint32Array>>;

function slice<T extends object>(arrays: T, from: number, to: number): T {
  return Object.fromEntries(
    Object.entries(arrays as Arrays).map(([key, values]) => [key, values.subarray(from, to)]),
  ) as T;
}

function pick<T extends object>(arrays: T, at: readonly number[]): T {
  return Object.fromEntries(
    Object.entries(arrays as Arrays).map(([key, values]) => [key, Uint32Array.from(at, (i) => values[i]!)]),
  ) as T;
}
