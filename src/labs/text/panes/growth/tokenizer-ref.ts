import type { TokenizerRef } from '../../../../engine/text/text.api';
import { sourceOf } from '../../lab-tokenizers';
import type { OwnTokenizers } from '../../own-tokenizers';

/** A tokenizer as workers know it; undefined where its file is missing. */
export async function tokenizerRef(
  id: string,
  label: string,
  own: OwnTokenizers,
): Promise<TokenizerRef | undefined> {
  const spec = await sourceOf(id, own);
  return spec && { id, label, spec };
}
