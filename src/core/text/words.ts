/** UTF-16 units that are segmented at once: V8's time for a segment grows with the length of the whole string. */
const WINDOW = 512;

/**
 * Walks over the words of a text (Unicode UAX 29 segments that hold a letter or number), in UTF-16 units. Up to a second
 * per megabyte: call it off the main thread.
 */
function* wordsIn(text: string): Generator<readonly [start: number, end: number], void, void> {
  // Not made beforehand: an engine's first segmenter takes about 10 ms.
  const words = new Intl.Segmenter(undefined, { granularity: 'word' });
  // A word ends before a space that follows no other, before a line feed, and before this punctuation.
  const cut = /(?<![\s\p{Zs}])(?=[ \n\u3001\u3002\uff01\uff0c\uff1f])/gu;
  for (let from = 0; from < text.length; ) {
    cut.lastIndex = from + WINDOW;
    const to = cut.exec(text)?.index ?? text.length;
    for (const { index, segment, isWordLike } of words.segment(text.slice(from, to))) {
      if (isWordLike) yield [from + index, from + index + segment.length];
    }
    from = to;
  }
}

/** Byte spans in a text's UTF-8, in ascending order. */
export interface ByteSpans {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** The words of a text as spans of its UTF-8; yields now and then, so that a worker can hear an abort. */
export function* wordSpans(text: string): Generator<void, ByteSpans, void> {
  const starts: number[] = [];
  const ends: number[] = [];
  let unit = 0;
  let byte = 0;
  const byteAt = (target: number) => {
    for (; unit < target; unit++) byte += unitBytes(text.charCodeAt(unit));
    return byte;
  };
  for (const [start, end] of wordsIn(text)) {
    starts.push(byteAt(start));
    ends.push(byteAt(end));
    if (starts.length % 256 === 0) yield;
  }
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** Bytes of a UTF-16 unit in UTF-8; each half of a pair counts as two of the four. */
function unitBytes(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
}
