/** UTF-16 units of a piece that is segmented at once: V8's time for a segment grows with the length of the whole string. */
const WINDOW = 1024;

/** UTF-16 units between two yields: about a millisecond. */
const SLICE = 16_384;

/** Distinct pieces whose words are kept; words repeat, and most of a text is asked about once. */
const CACHED = 50_000;

/** Characters before which a word surely ends (UAX 29: none of them is part of a word or between two of its letters). */
const ENDS = new Set(
  [...' \n!#$%&()*+-/<=>?@[\\]^`{|}~\u3001\u3002\uff01\uff0c\uff1f'].map((c) => c.charCodeAt(0)),
);

const SPACE = /[\s\p{Zs}]/u;

/** Where the words of a piece begin and end, in turn, in UTF-16 units from the piece's beginning. */
type Words = readonly number[];

/**
 * Walks over a text in pieces whose words no neighbour changes: Unicode UAX 29 segments that hold a letter or number, with
 * the dictionaries of the engine for scripts that write none. About 50 ms per megabyte of prose, up to a second of Chinese
 * or Thai: call it off the main thread. A run of these of over 1,000 characters without punctuation is divided.
 */
function* wordPieces(text: string): Generator<readonly [from: number, words: Words], void, void> {
  // Not made beforehand: an engine's first segmenter takes about 10 ms.
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const known = new Map<string, Words>();
  for (let from = 0; from < text.length; ) {
    let end = from + 1;
    const limit = Math.min(text.length, from + WINDOW);
    while (end < limit && !endsAt(text, end)) end++;
    if (end === limit && limit < text.length && !endsAt(text, end)) {
      const [words, to] = divide(segmenter, text, from);
      yield [from, words];
      from = to;
      continue;
    }
    const piece = text.slice(from, end);
    let words = known.get(piece);
    if (words === undefined) {
      words = wordsOf([...segmenter.segment(piece)]);
      if (known.size >= CACHED) known.clear();
      known.set(piece, words);
    }
    yield [from, words];
    from = end;
  }
}

/** Counts the words of a text. Yields about every millisecond, so that the caller can handle other events. */
export function* wordSteps(text: string): Generator<void, number, void> {
  let count = 0;
  let pause = SLICE;
  for (const [from, words] of wordPieces(text)) {
    if (from >= pause) {
      yield;
      pause = from + SLICE;
    }
    count += words.length / 2;
  }
  return count;
}

/** Byte spans in a text's UTF-8, in ascending order. */
export interface ByteSpans {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** The words of a text as spans of its UTF-8; yields as `wordSteps` does. */
export function* wordSpans(text: string): Generator<void, ByteSpans, void> {
  const starts: number[] = [];
  const ends: number[] = [];
  let unit = 0;
  let byte = 0;
  const byteAt = (target: number) => {
    for (; unit < target; unit++) byte += unitBytes(text.charCodeAt(unit));
    return byte;
  };
  let pause = SLICE;
  for (const [from, words] of wordPieces(text)) {
    if (from >= pause) {
      yield;
      pause = from + SLICE;
    }
    for (let i = 0; i < words.length; i += 2) {
      starts.push(byteAt(from + words[i]!));
      ends.push(byteAt(from + words[i + 1]!));
    }
  }
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** Bytes of a UTF-16 unit in UTF-8; each half of a pair counts as two of the four. */
function unitBytes(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
}

/** Whether a word or a run of spaces surely ends before the unit at `at`. */
function endsAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (!ENDS.has(code)) return false;
  // Spaces form one segment, and so do the two parts of a line break.
  return code > 0x20 || !SPACE.test(text[at - 1]!);
}

/** Words of a long piece from `from` on, as far as what follows cannot change them; and where to go on. */
function divide(segmenter: Intl.Segmenter, text: string, from: number): [words: Words, to: number] {
  for (let size = WINDOW; ; size *= 4) {
    const end = Math.min(text.length, from + size);
    const segments = [...segmenter.segment(text.slice(from, end))];
    // What follows may join the last letter, the point after it, and what comes then.
    const sure = end === text.length ? segments.length : segments.length - 3;
    if (sure <= 0) continue;
    const words = wordsOf(segments.slice(0, sure));
    return [words, end === text.length ? end : from + segments[sure]!.index];
  }
}

function wordsOf(segments: readonly Intl.SegmentData[]): Words {
  return segments.flatMap(({ index, segment, isWordLike }) =>
    isWordLike ? [index, index + segment.length] : [],
  );
}
