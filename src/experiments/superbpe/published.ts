import type { Tokenizer } from '../../core/text/tokens';
import { decodeUtf8 } from '../../core/text/utf8';
import type { WorkOptions } from '../../tokenizers/files/steps';
import { type Measured, Tally } from './measure';

/** The paper's own vocabularies, in the catalogue: both have 200,000 tokens and were learned from the same 10 GB. */
export const PUBLISHED = { bpe: 'bpe-200k-olmo', superBpe: 'superbpe-200k' } as const;

/** What a published tokenizer makes of a text. */
export interface Published {
  readonly measured: Measured;
  /** Bytes of the excerpt's tokens. */
  readonly excerpt: readonly number[];
}

/** @throws TokenoscopeError `aborted` */
export async function measurePublished(
  tokenizer: Tokenizer,
  text: string,
  excerpt: string,
  options: WorkOptions,
): Promise<Published> {
  const tokens = await tokenizer.encodeInSlices(text, { ...options });
  const tally = new Tally();
  for (let i = 0; i < tokens.ids.length; i++) tally.add(tokens.ids[i]!, tokens.ends[i]! - tokens.starts[i]!);
  const shown = tokenizer.encode(excerpt);
  return {
    measured: tally.result((id) => decodeUtf8(tokenizer.tokenBytes(id))),
    excerpt: Array.from(shown.ids, (_, i) => shown.ends[i]! - shown.starts[i]!),
  };
}
