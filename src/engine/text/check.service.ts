import { throwIfAborted } from '../../core/errors';
import type { Tokenizer } from '../../core/text/tokens';
import { inSlices } from '../../tokenizers/files/steps';
import { compareListings, hasListing, listVocabulary } from '../../tokenizers/vocabulary-listing';
import type { Handlers } from '../rpc/server';
import { sha256 } from '../storage/sha256';
import type { CheckApi } from './check.api';
import { movable } from './shared-memory';
import type { SegmentProgress, TokenizerRef } from './text.api';
import type { TokenizerLoader } from './tokenizer-loader';

/** The work of `CheckApi`. */
export function checkHandlers(
  tokenizers: TokenizerLoader,
): Handlers<CheckApi<TokenizerRef, SegmentProgress>> {
  const listings = new WeakMap<Tokenizer, Promise<{ list: Uint8Array; sha256: string }>>();

  const listed = (tokenizer: Tokenizer): Promise<{ list: Uint8Array; sha256: string }> => {
    let listing = listings.get(tokenizer);
    if (!listing) {
      listing = (async () => {
        const list = await inSlices(listVocabulary(tokenizer), {});
        return { list, sha256: await sha256(list) };
      })();
      listings.set(tokenizer, listing);
      listing.catch(() => listings.delete(tokenizer));
    }
    return listing;
  };

  return {
    async encodeTexts({ tokenizer: ref, texts, options }, context) {
      const { tokenizer } = await tokenizers.get(ref, context);
      const results = [];
      for (const text of texts) {
        throwIfAborted(context.signal);
        const tokens = await tokenizer.encodeInSlices(text, { ...options, signal: context.signal });
        const names = Array.from(tokens.ids, (id) => tokenizer.token(id)?.name ?? `id ${id}`);
        context.transfer(...movable(tokens.ids, tokens.starts, tokens.ends));
        results.push({ ...tokens, names });
      }
      return results;
    },

    async findTokens({ tokenizer: ref, tokens }, context) {
      const { tokenizer } = await tokenizers.get(ref, context);
      return tokens.map((bytes) => tokenizer.idsOf(bytes)[0] ?? null);
    },

    async listVocabulary({ tokenizer: ref }, context) {
      const { tokenizer } = await tokenizers.get(ref, context);
      return hasListing(tokenizer) ? await listed(tokenizer) : null;
    },

    async compareVocabulary({ tokenizer: ref, first }, context) {
      const { tokenizer } = await tokenizers.get(ref, context);
      return hasListing(tokenizer) ? compareListings(first, (await listed(tokenizer)).list) : null;
    },
  };
}
