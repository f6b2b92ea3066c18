import { useEffect, useState } from 'react';
import { findTextTokenizer } from '../../catalog/tokenizers';
import { isAborted, toWireError } from '../../core/errors';
import type { SegmentProgress } from '../../engine/text/text.api';
import { useColumns, useLab, useTextState } from './context';
import type { TextDocument } from './documents';

/** Nothing is drawn, so any width will do. Half cells. */
const WIDTH = 80;

/** How many tokens the present text has; `failure` where that could not be found out. */
export interface Count {
  readonly tokens?: number;
  readonly progress?: SegmentProgress | null;
  readonly failure?: string;
}

interface Counted extends Count {
  readonly document: TextDocument;
}

/**
 * Counts the tokens of the lab's text by one of the catalogue's tokenizers: that of its column where there is one, else
 * by asking a worker. Work is aborted where the text changes or nobody asks any more.
 * @param id of the catalogue
 */
export function useTokenCount(id: string): Count & { readonly retry: () => void } {
  const { segmenter, columns } = useLab();
  const document = useTextState((state) => state.document);
  const column = useColumns().find((each) => each.id === id);
  const shown = column?.result?.document === document ? column.result.segmentation : undefined;
  const isColumn = column !== undefined;
  const [counted, setCounted] = useState<Counted | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try begins it again
  useEffect(() => {
    const entry = findTextTokenizer(id);
    if (isColumn || !entry) return;
    const controller = new AbortController();
    const args = {
      tokenizer: { id, label: entry.label, spec: entry.spec },
      options: { width: WIDTH, ids: false },
    };
    const { signal } = controller;
    const set = (count: Count) => {
      if (!signal.aborted) setCounted({ document, ...count });
    };
    segmenter.segment(args, document, { signal, onProgress: (progress) => set({ progress }) }).then(
      ({ tokens }) => set({ tokens: tokens.ids.length }),
      (error: unknown) => {
        if (!isAborted(error)) set({ failure: toWireError(error).message });
      },
    );
    return () => controller.abort();
  }, [id, isColumn, document, segmenter, tries]);
  useEffect(
    () => () => {
      if (!columns.ids.includes(id)) segmenter.release(id);
    },
    [id, columns, segmenter],
  );
  const own = counted?.document === document ? counted : undefined;
  const count = shown ? { tokens: shown.tokens.ids.length } : isColumn ? {} : own;
  return { ...count, retry: () => setTries((now) => now + 1) };
}
