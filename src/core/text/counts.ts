import { ClusterWalker } from './graphemes';
import { utf8Length } from './utf8';
import { wordSteps } from './words';

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

/** Words (Unicode UAX 29 segments that hold a letter or number). Up to a second per megabyte: see `wordSteps`. */
export function countWords(text: string): number {
  const steps = wordSteps(text);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
