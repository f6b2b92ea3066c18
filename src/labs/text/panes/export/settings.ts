import * as v from 'valibot';

/** What the pane is set to; in links. */
export type Settings = {
  readonly format: 'csv' | 'json' | 'markdown' | 'svg' | 'png' | 'python';
  /** The tokenizer that Python is written for, one of the columns; empty for the first one. */
  readonly of: string;
};

export const schema: v.GenericSchema<unknown, Settings> = v.object({
  format: v.picklist(['csv', 'json', 'markdown', 'svg', 'png', 'python']),
  of: v.pipe(v.string(), v.maxLength(200)),
});

export const DEFAULTS: Settings = { format: 'csv', of: '' };
