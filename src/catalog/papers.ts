import type { Citation } from '../core/citation';

/** A paper that describes tokenizers of this page: one file in ./papers/. */
export interface CatalogPaper {
  /** Ids of text tokenizers in ./tokenizers/. */
  readonly tokenizers?: readonly string[];
  /** Families of checkpoints, as engine/families builds them. */
  readonly families?: readonly string[];
  /** As its authors or publishers give it. */
  readonly citation: Citation;
}

const files = import.meta.glob<CatalogPaper>('./papers/*.ts', { eager: true, import: 'entry' });

/** Every paper. Loaded when something is cited: a first visit does without it. */
export const papers: readonly CatalogPaper[] = Object.values(files);

/** The papers on a text tokenizer of the catalogue. */
export function papersOfTokenizer(id: string): readonly Citation[] {
  return papers.filter(({ tokenizers }) => tokenizers?.includes(id)).map(({ citation }) => citation);
}

/** The papers on a family of checkpoints. */
export function papersOfFamily(family: string): readonly Citation[] {
  return papers.filter(({ families }) => families?.includes(family)).map(({ citation }) => citation);
}
