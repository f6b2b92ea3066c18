import * as v from 'valibot';
import { damaged } from './damaged';

/** Indexes of weights that are split into several files, as Hugging Face's libraries call them. */
export const SPLIT: readonly string[] = ['model.safetensors.index.json', 'pytorch_model.bin.index.json'];

/** The files that an index names, beside it. */
const schema = v.object({
  weight_map: v.record(
    v.string(),
    v.pipe(v.string(), v.regex(/^[\w.-]+-\d{5}-of-\d{5}\.(?:safetensors|bin)$/)),
  ),
});

/**
 * The names of the files that split weights are in, in order.
 * @param text of the index
 * @throws TokenoscopeError `model-corrupt`
 */
export function partsInIndex(text: string, name: string): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged(name, 'it is not JSON');
  }
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) throw damaged(name, 'it does not name the files of the weights');
  const parts = [...new Set(Object.values(parsed.output.weight_map))].sort();
  if (parts.length === 0) throw damaged(name, 'it names no files');
  return parts;
}
