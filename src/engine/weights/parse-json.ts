import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';

/** Parses a file that describes a model. @param hint what to do where it is damaged @throws TokenoscopeError `model-corrupt` that names the field */
export function parseJson<S extends v.GenericSchema>(
  schema: S,
  json: string,
  where: string,
  hint = 'Reload the page to fetch it again.',
): v.InferOutput<S> {
  const refuse = (detail: string) =>
    new TokenoscopeError('model-corrupt', `${where} is damaged: ${detail}.`, hint);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw refuse('it is not JSON');
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw refuse(`${v.getDotPath(issue) ?? 'its content'}: ${issue.message}`);
}
