import { decodeUtf8, isContinuation } from '../core/text/utf8';
import type { StudiedText } from './dear-text-measures';

/** The text that token i covers; U+FFFD where it covers part of a character. */
export function tokenText({ tokens, utf8 }: StudiedText, i: number): string {
  return decodeUtf8(utf8.subarray(tokens.starts[i]!, tokens.ends[i]!));
}

/** Whether token i begins or ends inside a character. */
export function isPartial({ tokens, utf8 }: StudiedText, i: number): boolean {
  const start = tokens.starts[i]!;
  const end = tokens.ends[i]!;
  return end > start && (isContinuation(utf8[start] ?? 0) || isContinuation(utf8[end] ?? 0));
}

/** How many tokens are as asked. */
export function countTokens(text: StudiedText, isCounted: (i: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < text.tokens.ids.length; i++) if (isCounted(i)) count++;
  return count;
}

/** How many tokens cover a part of each word. */
export function tokensPerWord({ tokens, wordSpans }: StudiedText): Uint32Array {
  const counts = new Uint32Array(wordSpans.starts.length);
  let first = 0;
  for (let i = 0; i < tokens.ids.length; i++) {
    const start = tokens.starts[i]!;
    const end = tokens.ends[i]!;
    while (first < counts.length && wordSpans.ends[first]! <= start) first++;
    for (let word = first; word < counts.length && wordSpans.starts[word]! < end; word++) counts[word]!++;
  }
  return counts;
}

/** Calls back with every token and the first word that ends after its start; `word` may be past the last one. */
export function eachTokenAndWord(
  { tokens, wordSpans }: StudiedText,
  visit: (token: number, word: number) => void,
): void {
  let word = 0;
  for (let i = 0; i < tokens.ids.length; i++) {
    while (word < wordSpans.ends.length && wordSpans.ends[word]! <= tokens.starts[i]!) word++;
    visit(i, word);
  }
}
