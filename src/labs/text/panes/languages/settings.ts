import * as v from 'valibot';

/** Pasted lines travel in the link, so they have an end. */
export const MAX_LINES_LENGTH = 6000;

export const schema = v.object({
  /** The declaration, or lines: the text's, or what the visitor made of them. */
  source: v.picklist(['declaration', 'lines']),
  view: v.picklist(['map', 'bars']),
  figure: v.picklist(['premium', 'tokens']),
  sort: v.picklist(['script', 'premium', 'name']),
  /** The tokenizer that is sorted by, and whose bars are shown; none: the last column. */
  by: v.nullable(v.pipe(v.string(), v.maxLength(200))),
  /** Null for the lines of the lab's text. */
  lines: v.nullable(v.pipe(v.string(), v.maxLength(MAX_LINES_LENGTH))),
});

export type LanguageSettings = v.InferOutput<typeof schema>;

export const defaults: LanguageSettings = {
  source: 'declaration',
  view: 'map',
  figure: 'premium',
  sort: 'script',
  by: null,
  lines: null,
};
