import { useMemo } from 'react';
import { characterSpans } from '../../../engine/text/text-index';
import type { TokenPlace } from '../token-focus';
import styles from './TokenInspector.module.css';
import { useGraphemes } from './use-graphemes';

/** Where the token is in the text, in every unit. */
export function Spans({ place }: { readonly place: TokenPlace }) {
  const { document, start, end } = place;
  const { bytes, index } = document;
  const spans = useMemo(() => characterSpans(bytes, index, start, end), [bytes, index, start, end]);
  const graphemes = useGraphemes(place, spans.utf16[0]);
  return (
    <details className={styles.more}>
      <summary>Place in the text</summary>
      <dl className={styles.spans}>
        <Span unit="Bytes" span={[start, end]} />
        <Span unit="UTF-16 units" span={spans.utf16} />
        <Span unit="Code points" span={spans.codePoints} />
        <Span unit="Graphemes" span={graphemes} />
      </dl>
      <p className={styles.aside}>From the first (counted from 0) up to, not including, the last.</p>
    </details>
  );
}

function Span({ unit, span }: { readonly unit: string; readonly span: readonly [number, number] | null }) {
  return (
    <div>
      <dt>{unit}</dt>
      <dd>{span ? `${span[0]}–${span[1]}` : '…'}</dd>
    </div>
  );
}
