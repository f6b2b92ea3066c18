import { scaleLinear } from 'd3-scale';
import { useState } from 'react';
import { decodeUtf8 } from '../../../../core/text/utf8';
import type { SplitText } from '../../../../engine/text/study.api';
import { Button } from '../../../../ui/Button';
import { formatBytes, formatInteger } from '../../../../ui/format';
import { characterEnd, type TextDocument } from '../../documents';
import study from '../../study.module.css';
import styles from './Split.module.css';

/** Rows that are drawn at once. */
const STEP = 100;

/** Bytes of a piece that are shown. */
const BEGINNING = 200;

export interface PieceTableProps {
  readonly document: TextDocument;
  readonly pieces: SplitText;
  readonly size: number;
}

/** Every piece with its sizes and its beginning. */
export function PieceTable({ document: { bytes }, pieces, size }: PieceTableProps) {
  const [limit, setLimit] = useState(STEP);
  const { starts, ends, tokens, overlaps } = pieces;
  const count = Math.min(limit, starts.length);
  const x = scaleLinear([0, size], [0, 100]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={study.scroll} aria-label="Pieces" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.headNumber}>
                Piece
              </th>
              <th scope="col" className={styles.headNumber}>
                Tokens
              </th>
              <th scope="col" className={styles.headNumber}>
                Repeated
              </th>
              <th scope="col" className={styles.headNumber}>
                Size
              </th>
              <th scope="col" className={styles.head}>
                Begins with
              </th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: count }, (_, i) => {
              const [start, end] = [starts[i]!, ends[i]!];
              const shownEnd = characterEnd(bytes, Math.min(end, start + BEGINNING));
              const beginning = decodeUtf8(bytes.subarray(start, shownEnd));
              return (
                <tr key={start}>
                  <th scope="row" className={styles.cell}>
                    {formatInteger(i + 1)}
                  </th>
                  <td className={styles.cell}>
                    {formatInteger(tokens[i]!)}
                    <span className={styles.track} aria-hidden="true">
                      <span className={styles.bar} style={{ width: `${x(tokens[i]!)}%` }} />
                    </span>
                  </td>
                  <td className={styles.cell}>{formatInteger(overlaps[i]!)}</td>
                  <td className={styles.cell}>{formatBytes(end - start)}</td>
                  <td className={styles.beginning} dir="auto">
                    {beginning.replace(/\s+/g, ' ')}
                    {shownEnd < end ? '…' : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {starts.length > count ? (
        <div className={study.controls}>
          <Button size="sm" onClick={() => setLimit(limit + STEP)}>
            Show more pieces
          </Button>
          <span className={study.small}>
            {formatInteger(count)} of {formatInteger(starts.length)} are shown.
          </span>
        </div>
      ) : null}
    </>
  );
}
