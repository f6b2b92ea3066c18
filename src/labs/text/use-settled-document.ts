import { useEffect, useState } from 'react';
import { useTextState } from './context';
import type { TextDocument } from './documents';

/** A text is looked at once typing has paused for this long. */
const PAUSE_MS = 200;

/** The lab's text, a little later: at once where another text replaced it, after a pause where it is being edited. */
export function useSettledDocument(): TextDocument {
  const document = useTextState((state) => state.document);
  const [settled, setSettled] = useState(document);
  const isEdited = settled.sheet === document.sheet;
  useEffect(() => {
    if (settled === document) return;
    const timer = setTimeout(() => setSettled(document), isEdited ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [document, settled, isEdited]);
  return settled;
}
