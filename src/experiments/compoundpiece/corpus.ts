import { alignedCuts } from './alignment';
import type { LanguageData } from './data';
import type { Division } from './splitter';

/** What the experiment learns from and is tested on. */
export interface Corpus {
  /** Counts of words as written, hyphens and all: those of the bundle and of the text. */
  readonly counts: ReadonlyMap<string, number>;
  /** Counts of words without hyphens, in small letters. */
  readonly plain: ReadonlyMap<string, number>;
  /** Listed compounds: the lessons of stage 2, and those held back for the test. */
  readonly lessons: readonly Division[];
  readonly held: readonly Division[];
  /** Words of the text, each once, with their parts where these are known: marked in the text, or listed. */
  readonly own: readonly { readonly word: string; readonly gold: readonly number[] | undefined }[];
}

/** Words of the text that are shown, at most. */
const OWN = 200;

/** Letters of a word that is shown, at least and at most. */
const LETTERS = { least: 6, most: 80 } as const;

/** A word: letters, with hyphens or marks of its parts within. */
const WORD = /[\p{L}\p{M}]+(?:[-|][\p{L}\p{M}]+)*/gu;

export function corpusOf(data: LanguageData, text: string): Corpus {
  const divisions = data.compounds.map(({ word, parts }) => ({ word, cuts: alignedCuts(word, parts) }));
  const known = new Map(divisions.map(({ word, cuts }) => [word.toLowerCase(), cuts]));
  const counts = new Map(data.counts);
  const own = new Map<string, readonly number[] | undefined>();
  for (const [written] of text.normalize('NFC').matchAll(WORD)) {
    const parts = written.split('|');
    const word = parts.join('');
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (word.includes('-') || word.length < LETTERS.least || word.length > LETTERS.most) continue;
    const gold = parts.length > 1 ? cutsOf(parts) : known.get(word.toLowerCase());
    if (gold || !own.has(word)) own.set(word, gold);
  }
  const plain = new Map<string, number>();
  for (const [word, count] of counts) {
    const small = word.toLowerCase();
    if (!word.includes('-')) plain.set(small, (plain.get(small) ?? 0) + count);
  }
  const found = divisions.filter(({ cuts }) => cuts.length > 0);
  return {
    counts,
    plain,
    lessons: found
      .filter((_, i) => i % 2 === 0)
      .map(({ word, cuts }) => ({ word: word.toLowerCase(), cuts })),
    held: found.filter((_, i) => i % 2 === 1),
    own: [...own].slice(0, OWN).map(([word, gold]) => ({ word, gold })),
  };
}

function cutsOf(parts: readonly string[]): number[] {
  let at = 0;
  return parts.slice(0, -1).map((part) => (at += part.length));
}

/** Words for the tokenizers: those of the corpus, hyphenated ones part by part, and every listed compound once. */
export function tokenizerWords(
  { counts, lessons, held }: Corpus,
  compounds: readonly string[],
): Map<string, number> {
  const words = new Map<string, number>();
  const add = (word: string, count: number) => words.set(word, (words.get(word) ?? 0) + count);
  for (const [written, count] of counts) for (const part of written.split('-')) add(part, count);
  if (lessons.length + held.length > 0) for (const word of compounds) add(word, 1);
  return words;
}
