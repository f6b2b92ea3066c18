import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { decodeUtf8 } from '../../core/text/utf8';
import { LexiconTokenizer } from '../lexicon-tokenizer';
import { LEXICON_FORMAT } from '../train/lexicon-file';
import type { Steps } from './steps';

const schema = v.object({
  format: v.literal(LEXICON_FORMAT),
  version: v.literal(1),
  model: v.literal('Less-is-Better'),
  chunks: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(1000))), v.minLength(1)),
});

/**
 * Builds a tokenizer from a lexicon of Less-is-Better, as the training lab writes it.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function* lexiconSteps(
  bytes: Uint8Array,
  name: string,
): Steps<{ tokenizer: LexiconTokenizer; notes: readonly string[] }> {
  const fail = (what: string) =>
    new TokenoscopeError('tokenizer-corrupt', `${name}: ${what}`, 'Check that the file is complete.');
  let json: unknown;
  try {
    json = JSON.parse(decodeUtf8(bytes).replace(/^\ufeff/, ''));
  } catch (error) {
    throw fail(`it is not valid JSON (${(error as Error).message}).`);
  }
  const read = v.safeParse(schema, json);
  if (!read.success)
    throw fail(`${v.getDotPath(read.issues[0]) ?? 'its content'}: ${read.issues[0].message}`);
  const { chunks } = read.output;
  if (new Set(chunks).size < chunks.length) throw fail('a chunk stands in it twice.');
  const note =
    'Characters that are in no chunk are tokens of their own; their ids follow those of the chunks.';
  return { tokenizer: new LexiconTokenizer(chunks), notes: [note] };
}
