import { useMemo } from 'react';
import type { SplitText } from '../../../../engine/text/study.api';
import { cx } from '../../../../ui/cx';
import { formatBytes } from '../../../../ui/format';
import { characterEnd, type TextDocument } from '../../documents';
import study from '../../study.module.css';
import { regionsOf } from './regions';
import styles from './Split.module.css';

/** How much of a text is drawn. */
const SHOWN_BYTES = 20_000;

export interface CutTextProps {
  readonly document: TextDocument;
  readonly pieces: SplitText;
}

/** The text with a mark where each piece begins; what two pieces share is underlined. */
export function CutText({ document, pieces }: CutTextProps) {
  const { bytes } = document;
  const limit = characterEnd(bytes, Math.min(bytes.length, SHOWN_BYTES));
  const regions = useMemo(() => regionsOf(bytes, pieces, limit), [bytes, pieces, limit]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.text} dir="auto" aria-label="The text with its cuts" tabIndex={0}>
        {regions.map(({ text, first, last, begins }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: regions of one text never move
          <span key={i}>
            {begins === undefined ? null : (
              <span className={styles.mark}>
                <span className="visually-hidden">Piece </span>
                {begins + 1}
              </span>
            )}
            <span className={cx(last % 2 === 1 ? styles.odd : styles.even, first < last && styles.shared)}>
              {text}
            </span>
          </span>
        ))}
      </section>
      <p className={study.small}>
        A number marks where a piece begins. What two pieces share is underlined.
        {limit < bytes.length
          ? ` The first ${formatBytes(limit)} of ${formatBytes(bytes.length)} are drawn; the table and the downloads hold all.`
          : ''}
      </p>
    </>
  );
}
