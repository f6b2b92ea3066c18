import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import type { Tokenizer } from '../../core/text/tokens';
import { type Encodings, type Merge, MergeEncodings } from './encodings';
import type { LmVocabulary } from './language-model';
import { PieceEncodings } from './piece-encodings';

const schema = v.object({
  normalizer: v.unknown(),
  pre_tokenizer: v.object({
    type: v.literal('ByteLevel'),
    add_prefix_space: v.literal(false),
    use_regex: v.literal(true),
  }),
  model: v.object({
    type: v.literal('BPE'),
    ignore_merges: v.optional(v.literal(false)),
    merges: v.array(v.tuple([v.string(), v.string()])),
  }),
});

/**
 * Which token sequences are encodings, of a byte-level BPE whose texts GPT-2's expression cuts.
 * @param file its tokenizer.json
 * @throws TokenoscopeError `tokenizer-unsupported` for any other kind
 */
export function tokenizerEncodings(
  tokenizer: Tokenizer,
  file: Uint8Array | undefined,
  vocabulary: LmVocabulary,
): Encodings {
  const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(file)));
  if (!parsed.success || parsed.output.normalizer !== null) {
    throw new TokenoscopeError(
      'tokenizer-unsupported',
      'What bytes follow a text is known for byte-level BPE with the pieces of GPT-2 only.',
      'Choose a model with such a tokenizer, or one over bytes.',
    );
  }
  const ids = new Map(
    Array.from({ length: vocabulary.size }, (_, id) => [tokenizer.token(id)?.name ?? '', id] as const),
  );
  const merges = parsed.output.model.merges.map(
    ([left, right]): Merge => [ids.get(left)!, ids.get(right)!, ids.get(left + right)!],
  );
  return new PieceEncodings(vocabulary, new MergeEncodings(vocabulary, merges, () => false));
}
