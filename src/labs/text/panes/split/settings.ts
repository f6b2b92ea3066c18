import * as v from 'valibot';

/** Most tokens of a piece. */
export const MAX_SIZE = 1_000_000;

const count = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(MAX_SIZE));

export const schema = v.object({
  /** Whose tokens are counted; null: o200k's, or those of the first column. */
  tokenizer: v.nullable(v.pipe(v.string(), v.maxLength(200))),
  size: count(1),
  overlap: count(0),
});

export type SplitSettings = v.InferOutput<typeof schema>;

export const defaults: SplitSettings = { tokenizer: null, size: 64, overlap: 8 };
