import { findTextTokenizer } from '../../../src/catalog/tokenizers';
import type { Tokenizer } from '../../../src/core/text/tokens';
import { type ServerScope, serve } from '../../../src/engine/rpc/server';
import { fetchVocabulary } from '../../../src/engine/text/vocabulary-urls';
import { loadTokenizer } from '../../../src/tokenizers/load';
import type { BenchApi } from './api';

let tokenizer: Tokenizer | undefined;

serve<BenchApi>(
  {
    async open({ id }) {
      const began = performance.now();
      tokenizer = await loadTokenizer(findTextTokenizer(id)!.spec, (name) => fetchVocabulary(name));
      return { ms: performance.now() - began };
    },
    async round({ text }) {
      if (!tokenizer) throw new Error('Open a tokenizer first.');
      const began = performance.now();
      const { ids } = await tokenizer.encodeInSlices(text, {});
      return { ms: performance.now() - began, tokens: ids.length };
    },
  },
  globalThis as unknown as ServerScope,
);
