import * as v from 'valibot';

/** Reads a field by name: an absent one has its default, and so does a bad one, with a problem reported. */
export type ReadField = <T>(
  key: string,
  schema: v.GenericSchema<unknown, T>,
  otherwise: T,
  what: string,
) => T;

/**
 * A reader of a link's fields. Anybody can write a link, so fields are only read by name.
 * @param problems receives a sentence for every bad field
 */
export function fieldReader(from: Readonly<Record<string, unknown>>, problems: string[]): ReadField {
  return (key, schema, otherwise, what) => {
    if (!Object.hasOwn(from, key)) return otherwise;
    const parsed = v.safeParse(schema, from[key]);
    if (parsed.success) return parsed.output;
    problems.push(`The link does not properly say ${what}; the default is used.`);
    return otherwise;
  };
}

/** An id of anything: a model, a sample, a tokenizer. */
export const idField = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
