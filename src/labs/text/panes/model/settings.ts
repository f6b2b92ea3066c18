import * as v from 'valibot';

/** What the pane is set to, as links hold it: names and values stay. */
const schema = v.object({
  /** A language model's id; one that is not there is the first one. */
  model: v.string(),
  /** Another one to compare with; none where it is empty. */
  other: v.string(),
  /** What is coloured and listed: the model's tokens, or bytes. */
  unit: v.picklist(['tokens', 'bytes']),
  /** What the colours say: what a token costs, or which of two models it costs more. */
  colour: v.picklist(['cost', 'difference']),
});

export type ModelSettings = v.InferOutput<typeof schema>;

export const settingsSchema = schema;

export const defaults: ModelSettings = { model: 'lm-byte', other: '', unit: 'tokens', colour: 'cost' };
