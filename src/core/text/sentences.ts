import { utf8Length } from './utf8';
import type { ByteSpans } from './words';

/** UTF-16 units of a piece that is segmented at once: V8's time for a segment grows with the length of the whole string. */
const WINDOW = 4096;

/** Spaces at a sentence's end: tokens hold a space with the word after it. */
const SPACES = /[\p{Zs}\t]+$/u;

/**
 * The sentences of a text as spans of its UTF-8, without gaps (Unicode UAX 29, rules for English). The spaces between two
 * sentences count with the second; a line break ends a sentence and counts with it. What holds spaces and line breaks only
 * is no sentence, and counts with the next, or at the end with the last. Yields after at most 4,000 characters.
 */
export function* sentenceSpans(text: string): Generator<void, ByteSpans, void> {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  const starts: number[] = [];
  const ends: number[] = [];
  let written = 0;
  let byte = 0;
  const moveTo = (unit: number) => {
    byte += utf8Length(text, written, unit);
    written = unit;
  };
  for (let from = 0; from < text.length; ) {
    const [segments, next] = segmentsFrom(segmenter, text, from);
    for (const { index, segment } of segments) {
      if (segment.trim() === '') continue;
      starts.push(byte);
      moveTo(from + index + segment.replace(SPACES, '').length);
      ends.push(byte);
    }
    from = next;
    yield;
  }
  moveTo(text.length);
  if (ends.length > 0) ends[ends.length - 1] = byte;
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** The segments from `from` on that nothing after them can change, and where to go on. */
function segmentsFrom(
  segmenter: Intl.Segmenter,
  text: string,
  from: number,
): [segments: readonly Intl.SegmentData[], next: number] {
  // A sentence ends where a line does.
  for (let size = WINDOW; ; size *= 4) {
    const feed = text.lastIndexOf('\n', from + size - 1);
    const isWhole = from + size >= text.length;
    const end = isWhole ? text.length : feed >= from ? feed + 1 : from + size;
    const segments = [...segmenter.segment(text.slice(from, end))];
    if (isWhole || feed >= from) return [segments, end];
    // Whether a point ends a sentence is decided by the first letter after it.
    const sure = segments.slice(0, -2);
    if (sure.length > 0) return [sure, from + segments[sure.length]!.index];
  }
}
