import { useEffect, useRef, useState } from 'react';
import type { Column } from '../column-list';
import { useColumns, useTextState } from '../context';
import type { TextDocument } from '../documents';
import type { Contender } from './ranking';

/** How long an older comparison stays while columns tokenize a newer text. */
const PATIENCE_MS = 400;

/**
 * What the columns make of one text. While somebody types, the comparison of the text before stays until every column
 * has the new one, so that no tokenizer loses its place for the blink of an eye; columns that take longer wait visibly.
 */
export function useContenders(): { readonly contenders: readonly Contender[]; readonly isStale: boolean } {
  const columns = useColumns();
  const document = useTextState((state) => state.document);
  const isComplete = columns.every((column) => !column.busy || column.result?.document === document);
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (isComplete) {
      setIsLate(false);
      return;
    }
    const timer = setTimeout(() => setIsLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isComplete]);

  const shown = useRef<{ readonly contenders: readonly Contender[]; readonly ids: string } | null>(null);
  const ids = columns.map(({ id }) => id).join();
  const isStale = !isComplete && !isLate && shown.current?.ids === ids;
  if (!isStale) shown.current = { contenders: contendersOf(columns, document), ids };
  return { contenders: shown.current!.contenders, isStale };
}

function contendersOf(columns: readonly Column[], document: TextDocument): readonly Contender[] {
  return columns.map(({ id, result, busy }) => ({
    id,
    segmentation: result?.document === document ? result.segmentation : undefined,
    isBusy: busy,
  }));
}
