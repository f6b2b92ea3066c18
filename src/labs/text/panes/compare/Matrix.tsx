import { type CSSProperties, useMemo } from 'react';
import type { TokenSequence } from '../../../../core/text/token-sequence';
import type { Comparing } from '../../../../engine/text/compare.client';
import { cx } from '../../../../ui/cx';
import { Notice } from '../../../../ui/Notice';
import type { LabTokenizer } from '../../lab-tokenizers';
import { unbroken } from '../../unbroken';
import styles from './Matrix.module.css';
import { askMatrix, type MatrixQuestion, useMatrix } from './use-comparing';

export interface MatrixProps {
  readonly entries: readonly LabTokenizer[];
  /** Of the columns, in order: their tokens of the present text; null where there are none yet. */
  readonly sequences: readonly (TokenSequence | null)[];
  /** Bytes of the text. */
  readonly length: number;
  readonly comparing: Comparing | null;
  readonly pair: readonly [over: string, under: string];
  readonly onChoose: (over: string, under: string) => void;
}

/** How far every two tokenizers agree on where to divide the text: a table, and a heat map. */
export function Matrix({ entries, sequences, length, comparing, pair, onChoose }: MatrixProps) {
  const ids = entries.map(({ id }) => id).join('\n');
  const question = useMemo((): MatrixQuestion | null => {
    const here = ids.split('\n').flatMap((id, i) => {
      const sequence = sequences[i];
      return sequence ? [{ id, sequence }] : [];
    });
    if (here.length < 2) return null;
    return { ids: here.map(({ id }) => id), sequences: here.map(({ sequence }) => sequence), length };
  }, [ids, sequences, length]);
  const ask = useMemo(() => askMatrix(comparing), [comparing]);
  const { latest, error } = useMatrix(question, ask);

  const valueFor = (a: string, b: string): number | undefined => {
    const i = latest?.question.ids.indexOf(a) ?? -1;
    const j = latest?.question.ids.indexOf(b) ?? -1;
    return i < 0 || j < 0 ? undefined : latest?.answer[i * latest.question.ids.length + j];
  };
  const lowest = latest ? Math.min(...latest.answer) : 1;
  const heatOf = (value: number) => (lowest < 1 ? (value - lowest) / (1 - lowest) : 1);
  return (
    <section className={styles.section} aria-label="Boundary agreement">
      <h2 className={styles.title}>Boundary agreement</h2>
      <p className={styles.summary}>
        Do two tokenizers cut at the same places? 1 is everywhere, 0 nowhere (F1 of their token boundaries).
        Choose a number to see the two below each other.
      </p>
      {error ? (
        <Notice tone="error" title={error.message}>
          {error.hint}
        </Notice>
      ) : null}
      <div className={styles.scroll}>
        <table className={cx(styles.table, latest?.question !== question && styles.stale)}>
          <thead>
            <tr>
              <td />
              {entries.map(({ id, label }) => (
                <th key={id} scope="col">
                  <span>{unbroken(label)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.label}</th>
                {entries.map((column) => (
                  <Cell
                    key={column.id}
                    row={row}
                    column={column}
                    value={valueFor(row.id, column.id)}
                    heatOf={heatOf}
                    isChosen={row.id === pair[0] && column.id === pair[1]}
                    onChoose={onChoose}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface CellProps {
  readonly row: LabTokenizer;
  readonly column: LabTokenizer;
  readonly value: number | undefined;
  /** Of a value, 0 to 1. */
  readonly heatOf: (value: number) => number;
  readonly isChosen: boolean;
  readonly onChoose: (over: string, under: string) => void;
}

function Cell({ row, column, value, heatOf, isChosen, onChoose }: CellProps) {
  if (row.id === column.id) return <td className={styles.self}>–</td>;
  if (value === undefined) return <td className={styles.self}>…</td>;
  return (
    <td>
      <button
        type="button"
        className={styles.cell}
        style={{ '--heat': `${8 + 92 * heatOf(value)}%` } as CSSProperties}
        aria-pressed={isChosen}
        aria-label={`${formatF1(value)}, ${row.label} and ${column.label}`}
        onClick={() => onChoose(row.id, column.id)}
      >
        {formatF1(value)}
      </button>
    </td>
  );
}

/** Two digits, never rounded up to 1: that would say that there is no difference. */
function formatF1(value: number): string {
  return value === 1 ? '1' : (Math.floor(value * 100) / 100).toFixed(2);
}
