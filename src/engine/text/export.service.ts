import { vocabularyDigest } from '../../tokenizers/inspection/vocabulary-digest';
import { hasVocabulary } from '../../tokenizers/inspection/vocabulary-table';
import type { Handlers } from '../rpc/server';
import type { ExportApi } from './export.api';
import { inSteps } from './kept-vocabulary';
import { movable } from './shared-memory';
import type { TokenizerLoader } from './tokenizer-loader';
import { writeTokens } from './write-tokens';

/** The handlers of one worker. */
export function exportHandlers(tokenizers: TokenizerLoader): Handlers<ExportApi> {
  const hashes = new Map<string, string>();
  return {
    async writeTokens(args, context) {
      const file = await inSteps(writeTokens(args), context);
      context.transfer(...movable(file));
      return file;
    },

    async hashVocabulary({ tokenizer: ref }, context) {
      const known = hashes.get(ref.id);
      if (known !== undefined) return known;
      const { tokenizer } = await tokenizers.get(ref, context);
      // Browsers offer no digest on plain http.
      if (!hasVocabulary(tokenizer) || !globalThis.crypto?.subtle) return null;
      const bytes = await inSteps(vocabularyDigest(tokenizer), context);
      const digest = await crypto.subtle.digest('SHA-256', bytes);
      const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
      hashes.set(ref.id, hash);
      return hash;
    },
  };
}
