import { ClusterWalker } from './graphemes';
import { utf8Length } from './utf8';

/** UTF-8 bytes and code points of a text. A lone surrogate counts as one code point, three bytes. */
export function countText(text: string): { bytes: number; codePoints: number } {
  let codePoints = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      codePoints--;
      i++;
    }
  }
  return { bytes: utf8Length(text), codePoints };
}

/** Grapheme clusters (Unicode UAX 29). Up to a second per megabyte: call it off the main thread. */
export function countGraphemes(text: string): number {
  const walker = new ClusterWalker(text);
  let count = 0;
  for (; walker.at < text.length; count++) walker.next();
  return count;
}

/** UTF-16 units that are segmented at once: V8's time for a segment grows with the length of the whole string. */
const WINDOW = 512;

/** Words (Unicode UAX 29 segments that hold a letter or number). As slow as `countGraphemes`. */
export function countWords(text: string): number {
  // Not made beforehand: an engine's first segmenter takes about 10 ms.
  const words = new Intl.Segmenter(undefined, { granularity: 'word' });
  // A word ends before a space that follows no other, before a line feed, and before this punctuation.
  const cut = /(?<![\s\p{Zs}])(?=[ \n\u3001\u3002\uff01\uff0c\uff1f])/gu;
  let count = 0;
  for (let from = 0; from < text.length; ) {
    cut.lastIndex = from + WINDOW;
    const to = cut.exec(text)?.index ?? text.length;
    for (const { isWordLike } of words.segment(text.slice(from, to))) if (isWordLike) count++;
    from = to;
  }
  return count;
}
