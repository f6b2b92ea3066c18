import { SpanList, type Spans } from './spans';

const SPACES = /[^ ]+/gu;
const WHITESPACE = /\P{White_Space}+/gu;

/**
 * The words between U+0020, in UTF-16 units; a line break is part of a word. The word split of Learn Your Tokens
 * (arXiv 2310.11628), without the empty words that it finds between two spaces.
 */
export function wordsBetweenSpaces(text: string): Spans {
  return matches(text, SPACES);
}

/** The words between any white space, in UTF-16 units: the split of Byte2Word (arXiv 2211.12677). */
export function wordsBetweenWhitespace(text: string): Spans {
  return matches(text, WHITESPACE);
}

function matches(text: string, pattern: RegExp): Spans {
  const spans = new SpanList();
  for (const { index, 0: word } of text.matchAll(pattern)) spans.push(index, index + word.length);
  return spans.spans();
}
