import { utf8Length } from '../../core/text/utf8';
import { SpanList, type Spans } from './spans';

/** UTF-16 units that are segmented at once: V8's time for a segment grows with the length of the whole string. */
const WINDOW = 1024;

/** Distinct stretches whose pieces are kept: words repeat. */
const CACHED = 50_000;

/** A word always ends before a space that follows no space, and on both sides of a line break (UAX 29: WB3a, WB3b, WB3d). */
const STRETCH = / *[^ \r\n]+| +|\r\n|\r|\n/gu;

/** A piece that nothing divides further, by what may join it. */
type Kind = 'space' | 'blank' | 'punctuation' | 'word';

/** Kind and end of each piece of a stretch, in UTF-16 units from the stretch's beginning. */
type Pieces = readonly (readonly [kind: Kind, end: number])[];

/**
 * The words of Hierarchical Autoregressive Transformers (arXiv 2501.10322), in UTF-16 units; they tile the text. Word
 * boundaries of UAX 29; further cuts after every mark of punctuation and inside camelCase; then a single space joins the
 * word behind it, and punctuation joins what is before it. Other white space stands alone. `"Hello," + " world!"`.
 * Differs from the paper in scripts without spaces, which the engine's segmenter divides by a dictionary.
 * @param longest bytes of UTF-8 above which a word is cut, between characters
 */
export function hierarchicalWords(text: string, longest: number): Spans {
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const known = new Map<string, Pieces>();
  const words = new SpanList();
  let before: Kind = 'blank';
  for (const { index, 0: stretch } of text.matchAll(STRETCH)) {
    let pieces = known.get(stretch);
    if (!pieces) {
      if (known.size >= CACHED) known.clear();
      pieces = piecesOf(segmenter, stretch);
      known.set(stretch, pieces);
    }
    let start = index;
    for (const [kind, to] of pieces) {
      const end = index + to;
      if (joins(before, kind)) words.extend(end);
      else words.push(start, end);
      before = kind;
      start = end;
    }
  }
  return cutLong(text, words.spans(), longest);
}

function joins(before: Kind, kind: Kind): boolean {
  if (kind === 'punctuation') return before !== 'blank';
  return kind === 'word' && before === 'space';
}

function piecesOf(segmenter: Intl.Segmenter, stretch: string): Pieces {
  const pieces: [Kind, number][] = [];
  for (const [from, to] of segments(segmenter, stretch)) {
    const segment = stretch.slice(from, to);
    if (/^ +$/u.test(segment)) pieces.push([segment.length === 1 ? 'space' : 'blank', to]);
    else if (/^\p{White_Space}+$/u.test(segment)) pieces.push(['blank', to]);
    else for (const [kind, end] of finer(segment)) pieces.push([kind, from + end]);
  }
  return pieces;
}

/** Cuts after punctuation, and between a small letter and a capital. */
function finer(segment: string): [Kind, number][] {
  const pieces: [Kind, number][] = [];
  let at = 0;
  for (const part of segment.split(/(?<=\p{P})|(?<=\p{Ll})(?=\p{Lu})/u)) {
    at += part.length;
    pieces.push([/^\p{P}$/u.test(part) ? 'punctuation' : 'word', at]);
  }
  return pieces;
}

/** UAX 29 segments of a stretch, of a long one in windows: what follows can change the last three at most. */
function* segments(segmenter: Intl.Segmenter, stretch: string): Generator<[from: number, to: number]> {
  let from = 0;
  for (let size = WINDOW; from < stretch.length; ) {
    const end = Math.min(stretch.length, from + size);
    const found = [...segmenter.segment(stretch.slice(from, end))];
    const sure = end === stretch.length ? found.length : found.length - 3;
    if (sure <= 0) {
      size *= 4;
      continue;
    }
    const base = from;
    for (const { index, segment } of found.slice(0, sure)) {
      from = base + index + segment.length;
      yield [base + index, from];
    }
    size = WINDOW;
  }
}

function cutLong(text: string, { starts, ends }: Spans, longest: number): Spans {
  const cut = new SpanList();
  for (const [word, end] of ends.entries()) {
    let start = starts[word]!;
    // A unit has at most 3 bytes.
    if (3 * (end - start) > longest && utf8Length(text, start, end) > longest) {
      let bytes = 0;
      for (let at = start; at < end; ) {
        const next = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
        const more = utf8Length(text, at, next);
        if (bytes > 0 && bytes + more > longest) {
          cut.push(start, at);
          start = at;
          bytes = 0;
        }
        bytes += more;
        at = next;
      }
    }
    cut.push(start, end);
  }
  return cut.spans();
}
