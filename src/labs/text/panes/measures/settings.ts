import * as v from 'valibot';

/** Largest context window, in tokens. */
export const MAX_WINDOW = 100_000_000;

export const schema = v.object({
  by: v.picklist(['text', 'line', 'sentence', 'script']),
  /** What lines, sentences and scripts are measured by. */
  measure: v.pipe(v.string(), v.maxLength(60)),
  /** What columns, or rows, are sorted by: a measure or a tokenizer. */
  sort: v.pipe(v.string(), v.maxLength(200)),
  descending: v.boolean(),
  /** Tokens of a model's context. */
  window: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_WINDOW)),
});

export type MeasureSettings = v.InferOutput<typeof schema>;

export const defaults: MeasureSettings = {
  by: 'text',
  measure: 'bytes-per-token',
  sort: '',
  descending: false,
  window: 128_000,
};
