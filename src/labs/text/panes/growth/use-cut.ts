import { useCallback, useEffect, useMemo, useState } from 'react';
import { fromWireError, type TokenoscopeError, toWireError } from '../../../../core/errors';
import type { RowOptions } from '../../../../core/text/rows';
import type { CutView, SegmentProgress } from '../../../../engine/text/text.api';
import { useLab } from '../../context';
import type { TextDocument } from '../../documents';
import { Latest } from './latest';
import { tokenizerRef } from './tokenizer-ref';

/** A text as a cut vocabulary cuts it, and what it was cut with. */
export interface ShownCut extends CutView {
  readonly tokenizer: string;
  readonly document: TextDocument;
}

interface Want {
  readonly id: string;
  readonly label: string;
  readonly document: TextDocument;
  readonly size: number;
  readonly options: RowOptions;
}

/** The latest cut of the text, which stays while the next one is made. */
export interface CutWork {
  readonly shown: ShownCut | null;
  readonly busy: boolean;
  readonly progress: SegmentProgress | null;
  readonly error: TokenoscopeError | null;
  readonly stop: () => void;
  readonly retry: () => void;
}

/** Cuts the text in a worker, the latest size first. @param want null for nothing; the same object while nothing changes */
export function useCut(want: Want | null): CutWork {
  const { own, segmenter } = useLab();
  const [shown, setShown] = useState<ShownCut | null>(null);
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<SegmentProgress | null>(null);
  const [error, setError] = useState<TokenoscopeError | null>(null);
  const latest = useMemo(
    () =>
      new Latest<Want, CutView | null>(
        async ({ id, label, document, size, options }, signal) => {
          const tokenizer = await tokenizerRef(id, label, own);
          if (!tokenizer) return null;
          return segmenter.cutText({ tokenizer, size, options }, document, {
            signal,
            onProgress: (value) => !signal.aborted && setProgress(value),
          });
        },
        (running, wanted) => running.id === wanted.id && running.document === wanted.document,
        {
          done: ({ id, document }, view) => {
            setError(null);
            setShown(view && { ...view, tokenizer: id, document });
          },
          failed: (_, cause) => setError(fromWireError(toWireError(cause))),
          busy: (isBusy) => {
            setBusy(isBusy);
            setProgress(null);
          },
        },
      ),
    [own, segmenter],
  );
  const retry = useCallback(() => {
    setError(null);
    if (want) latest.want(want);
    else latest.stop();
  }, [latest, want]);
  useEffect(retry, [retry]);
  useEffect(() => () => latest.stop(), [latest]);
  const stop = useCallback(() => latest.stop(), [latest]);
  return { shown, busy, progress, error, stop, retry };
}
