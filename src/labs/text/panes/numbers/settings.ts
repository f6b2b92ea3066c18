import * as v from 'valibot';

/** Typed numbers travel in the link. */
export const MAX_TYPED = 2000;

export const schema = v.object({
  source: v.picklist(['digits', 'decimals', 'separators', 'dates', 'text', 'typed']),
  typed: v.pipe(v.string(), v.maxLength(MAX_TYPED)),
  /** Whether each number stands after a space, as within a sentence. */
  space: v.boolean(),
});

export type NumberSettings = v.InferOutput<typeof schema>;

export const defaults: NumberSettings = {
  source: 'digits',
  typed: '1234567\n89\n1234656',
  space: true,
};
