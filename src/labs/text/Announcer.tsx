import { useEffect, useState } from 'react';
import { lossText } from '../../views/token-text/loss';
import { useColumns, useColumnTokenizers, useTextState } from './context';
import { figureOf } from './figures';

/** Silence after the last change before anything is said. */
const PAUSE_MS = 1200;

/** Tells screen readers the figures, once per text, when typing has stopped and all columns are complete. */
export function Announcer() {
  const columns = useColumns();
  const document = useTextState((state) => state.document);
  const tokenizers = useColumnTokenizers().filter(({ isMissing }) => !isMissing);
  const [said, setSaid] = useState('');
  const parts = tokenizers.flatMap(({ id, label }) => {
    const result = columns.find((column) => column.id === id)?.result;
    if (result?.document !== document) return [];
    const tokens = figureOf(result.segmentation, 'tokens');
    const bytesPerToken = figureOf(result.segmentation, 'bytes-per-token');
    const loss = lossText(result.segmentation);
    return [
      `${label}: ${tokens} ${tokens === '1' ? 'token' : 'tokens'}, ${bytesPerToken} bytes per token${loss ? `; ${loss}` : ''}`,
    ];
  });
  const summary = parts.length === tokenizers.length ? parts.join('; ') : '';
  useEffect(() => {
    if (!summary) return;
    const timer = setTimeout(() => setSaid(summary), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [summary]);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {said}
    </div>
  );
}
