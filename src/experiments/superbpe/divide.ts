import { encodeUtf8, utf8Length } from '../../core/text/utf8';
import type { Steps } from '../../tokenizers/files/steps';
import { scannerFor } from '../../tokenizers/pretokenizers/scanner-for';
import { countWords } from '../../tokenizers/train/count-words';
import { SUPERWORD_PATTERN } from '../../tokenizers/train/superbpe';
import { WordCounts } from '../../tokenizers/train/word-counts';

/** How the first stage divides a text, as the repository's scripts/train_tokenizer.sh has it. */
const WORD_PATTERN = String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

/** In so many parts of equal length a text is cut; of five, four are learned from. */
const PARTS = 25;

/** Units of UTF-16 that are shown. */
const EXCERPT = 700;

/** A text as both stages divide it. */
export interface Divided {
  readonly words: WordCounts;
  readonly stretches: WordCounts;
  readonly bytes: number;
}

/** Divides texts for both stages, a text a step: into words, and into stretches of words. */
export function* divide(texts: readonly string[]): Steps<Divided> {
  const words = new WordCounts();
  const stretches = new WordCounts();
  const divisions = [
    { counts: words, scanner: scannerFor(WORD_PATTERN)() },
    { counts: stretches, scanner: scannerFor(SUPERWORD_PATTERN)() },
  ];
  let bytes = 0;
  for (const [done, text] of texts.entries()) {
    yield done / texts.length;
    bytes += countWords(divisions, text);
  }
  return { words, stretches, bytes };
}

/** A text's pieces in their order, each once in `counts`. */
export interface Ordered {
  readonly counts: WordCounts;
  readonly order: readonly number[];
}

/** Divides a text for one stage, as `divide` does. */
export function inOrder(text: string, stage: 'words' | 'stretches'): Ordered {
  const counts = new WordCounts();
  const order: number[] = [];
  const scanner = scannerFor(stage === 'words' ? WORD_PATTERN : SUPERWORD_PATTERN)();
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const bytes = encodeUtf8(line);
    scanner.begin(line, 0, line.length, bytes, 0, bytes.length);
    for (let from = 0; from < bytes.length; ) {
      const to = scanner.next();
      order.push(counts.add(bytes, from, to));
      from = to;
    }
  }
  return { counts, order };
}

/** A text in two: what is learned from, and every fifth part, which is not. Both together are the text. */
export interface Halves {
  readonly learned: readonly string[];
  readonly unseen: readonly string[];
}

/** Cuts where a line or a word begins, near equal parts. */
export function halves(text: string): Halves {
  const learned: string[] = [];
  const unseen: string[] = [];
  for (let part = 0, from = 0; part < PARTS && from < text.length; part++) {
    const to =
      part === PARTS - 1 ? text.length : cutAfter(text, Math.ceil((text.length * (part + 1)) / PARTS));
    if (to > from) (part % 5 === 4 ? unseen : learned).push(text.slice(from, to));
    from = Math.max(from, to);
  }
  return { learned, unseen };
}

/** The beginning of a text, up to the end of a word. */
export function excerptOf(text: string): string {
  return text.length <= EXCERPT ? text : text.slice(0, cutAfter(text, EXCERPT));
}

/** The next place where a line begins, or else a space does, or else a character. */
function cutAfter(text: string, near: number): number {
  const most = Math.min(text.length, near + 200);
  const line = text.indexOf('\n', near - 1);
  if (line >= 0 && line < most) return line + 1;
  const space = text.indexOf(' ', near);
  if (space >= 0 && space < most) return space;
  return utf8Length(text, near - 1, near + 1) === 4 ? near + 1 : near;
}
