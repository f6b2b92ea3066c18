import { useMemo } from 'react';
import type { TokenizerRef } from '../../engine/text/text.api';
import { useLab } from './context';
import { type LabTokenizer, sourceOf } from './lab-tokenizers';

/** Gives workers a tokenizer; undefined where its file is missing. */
export function useRefs(): (tokenizer: LabTokenizer) => Promise<TokenizerRef | undefined> {
  const { own } = useLab();
  return useMemo(
    () =>
      async ({ id, label }) => {
        const spec = await sourceOf(id, own);
        return spec && { id, label, spec };
      },
    [own],
  );
}
