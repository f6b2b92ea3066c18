import type { TokenizerSpec } from '../tokenizers/spec';
import type { Oracle, VocabularySource } from './vocabulary-source';

/** A bundled text tokenizer: one file in ./tokenizers/, which holds all its facts; see docs/adding-a-text-tokenizer.md. */
export interface TextCatalogEntry {
  /** Part of published links: never change or reuse one. The file has the same name. */
  readonly id: string;
  /** As the tokenizer's users call it. */
  readonly label: string;
  /** The models that use it, the best known first, where its label does not name them. */
  readonly models?: readonly [string, ...string[]];
  readonly publisher: string;
  /** One or two sentences: what it is and which models use it. */
  readonly summary: string;
  /** The vocabulary's own terms, not those of the package it comes in. */
  readonly licence: string;
  readonly licenceUrl: string;
  /** Where the publisher describes or publishes it. */
  readonly homepage: string;
  /** Place in lists: small first. */
  readonly order: number;
  /**
   * What its vocabulary is compiled from, under the entry's id; absent where it has none, or where its spec names the
   * vocabulary of another entry.
   */
  readonly source?: VocabularySource;
  readonly oracle: Oracle;
  /** It changes the text before segmenting it: spans may not tile the text, and decoding may not restore it. */
  readonly lossy?: true;
  readonly spec: TokenizerSpec;
}

const files = import.meta.glob<TextCatalogEntry>('./tokenizers/*.ts', { eager: true, import: 'entry' });

/** Every bundled text tokenizer, in list order. */
export const textTokenizers: readonly TextCatalogEntry[] = Object.values(files).sort(
  (a, b) => a.order - b.order || (a.id < b.id ? -1 : 1),
);

/** The entry of an id; undefined where there is none. */
export function findTextTokenizer(id: string): TextCatalogEntry | undefined {
  return textTokenizers.find((entry) => entry.id === id);
}
