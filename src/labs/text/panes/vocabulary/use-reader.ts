import { useEffect, useMemo } from 'react';
import { VocabularyReader } from '../../../../engine/text/vocabulary.client';
import { useLab } from '../../context';

/** A worker for vocabularies, as long as the pane is open. */
export function useReader(): VocabularyReader {
  const { segmenter } = useLab();
  const reader = useMemo(() => new VocabularyReader(() => segmenter.spawn('text-vocabulary')), [segmenter]);
  useEffect(() => () => reader.dispose(), [reader]);
  return reader;
}
