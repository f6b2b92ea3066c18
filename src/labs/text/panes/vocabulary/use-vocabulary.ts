import { useEffect, useMemo } from 'react';
import type { TokenizerRef } from '../../../../engine/text/text.api';
import { VocabularyReader } from '../../../../engine/text/vocabulary.client';
import { useLab } from '../../context';
import { type LabTokenizer, sourceOf } from '../../lab-tokenizers';

/** A worker for vocabularies, as long as the pane is open. */
export function useReader(): VocabularyReader {
  const { segmenter } = useLab();
  const reader = useMemo(() => new VocabularyReader(() => segmenter.spawn('text-vocabulary')), [segmenter]);
  useEffect(() => () => reader.dispose(), [reader]);
  return reader;
}

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
