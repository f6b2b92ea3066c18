/** UTF-16 units of a piece that is segmented at once: V8's time for a segment grows with the length of the whole string. */
const WINDOW = 1024;

/** UTF-16 units between two yields: about a millisecond. */
const SLICE = 16_384;

/** Distinct pieces whose counts are kept; words repeat, and most of a text is asked about once. */
const CACHED = 50_000;

/** Characters before which a word surely ends (UAX 29: none of them is part of a word or between two of its letters). */
const ENDS = new Set(
  [...' \n!#$%&()*+-/<=>?@[\\]^`{|}~\u3001\u3002\uff01\uff0c\uff1f'].map((c) => c.charCodeAt(0)),
);

const SPACE = /[\s\p{Zs}]/u;

/**
 * Counts words: Unicode UAX 29 segments that hold a letter or number, with the dictionaries of the engine for scripts that
 * write none. Yields now and then, so that the caller can handle other events; returns the count. About 50 ms per megabyte
 * of prose, up to a second of Chinese or Thai. A run of these of over 1,000 characters without punctuation is divided.
 */
export function* wordSteps(text: string): Generator<void, number, void> {
  // Not made beforehand: an engine's first segmenter takes about 10 ms.
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const known = new Map<string, number>();
  let count = 0;
  let pause = SLICE;
  for (let from = 0; from < text.length; ) {
    if (from >= pause) {
      yield;
      pause = from + SLICE;
    }
    let end = from + 1;
    const limit = Math.min(text.length, from + WINDOW);
    while (end < limit && !endsAt(text, end)) end++;
    if (end === limit && limit < text.length && !endsAt(text, end)) {
      const [words, to] = divide(segmenter, text, from);
      count += words;
      from = to;
      continue;
    }
    const piece = text.slice(from, end);
    let words = known.get(piece);
    if (words === undefined) {
      words = 0;
      for (const { isWordLike } of segmenter.segment(piece)) if (isWordLike) words++;
      if (known.size >= CACHED) known.clear();
      known.set(piece, words);
    }
    count += words;
    from = end;
  }
  return count;
}

/** Whether a word or a run of spaces surely ends before the unit at `at`. */
function endsAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (!ENDS.has(code)) return false;
  // Spaces form one segment, and so do the two parts of a line break.
  return code > 0x20 || !SPACE.test(text[at - 1]!);
}

/** Words of a long piece from `from` on, as far as what follows cannot change them; and where to go on. */
function divide(segmenter: Intl.Segmenter, text: string, from: number): [words: number, to: number] {
  for (let size = WINDOW; ; size *= 4) {
    const end = Math.min(text.length, from + size);
    const segments = [...segmenter.segment(text.slice(from, end))];
    // What follows may join the last letter, the point after it, and what comes then.
    const sure = end === text.length ? segments.length : segments.length - 3;
    if (sure <= 0) continue;
    const words = segments.slice(0, sure).filter(({ isWordLike }) => isWordLike).length;
    return [words, end === text.length ? end : from + segments[sure]!.index];
  }
}
