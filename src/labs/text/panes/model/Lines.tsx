import { memo, useMemo, useState } from 'react';
import { tokenPieces } from '../../../../core/text/display';
import { Button } from '../../../../ui/Button';
import { cx } from '../../../../ui/cx';
import { formatInteger } from '../../../../ui/format';
import { characterEnd } from '../../documents';
import { type LineCost, linesOf } from './along';
import styles from './Lines.module.css';
import model from './Model.module.css';

export interface LinesProps {
  readonly bytes: Uint8Array;
  readonly costs: Float64Array;
  readonly otherCosts: Float64Array | undefined;
  readonly otherName: string | undefined;
  readonly onPick: (byte: number) => void;
}

const SHOWN = 12;

/** Bytes of a line that are shown. */
const HEAD = 48;

type Order = 'text' | 'bits';

/** What each line costs, in the text's order or the dearest first. */
export const Lines = memo(function Lines({ bytes, costs, otherCosts, otherName, onPick }: LinesProps) {
  const [isWhole, setWhole] = useState(false);
  const [order, setOrder] = useState<Order>('text');
  const lines = useMemo(() => linesOf(bytes, costs), [bytes, costs]);
  const sorted = useMemo(
    () => (order === 'text' ? lines : lines.toSorted((a, b) => perByte(b) - perByte(a))),
    [lines, order],
  );
  if (lines.length < 2) return null;
  const shown = sorted.slice(0, isWhole ? 500 : SHOWN);
  const most = Math.max(...lines.map(perByte));
  return (
    <section className={model.part}>
      <h2>Line by line</h2>
      <div className={model.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" aria-sort={order === 'text' ? 'ascending' : 'none'}>
                <button type="button" className={model.sort} onClick={() => setOrder('text')}>
                  Line
                </button>
              </th>
              <th scope="col" className={styles.number} aria-sort={order === 'bits' ? 'descending' : 'none'}>
                <button type="button" className={model.sort} onClick={() => setOrder('bits')}>
                  Bits per byte
                </button>
              </th>
              {otherCosts ? (
                <th scope="col" className={styles.number}>
                  {otherName}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.start}>
                <th scope="row">
                  <button type="button" className={styles.line} onClick={() => onPick(line.start)}>
                    <span className={styles.place}>{formatInteger(line.line + 1)}</span>
                    <code>{headOf(bytes, line)}</code>
                  </button>
                </th>
                <td className={cx(styles.number, styles.bar)}>
                  <span aria-hidden="true" style={{ width: `${(100 * perByte(line)) / most}%` }} />
                  {perByte(line).toFixed(2)}
                </td>
                {otherCosts ? <td className={styles.number}>{otherOf(otherCosts, line)}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < lines.length ? (
        <p className={model.small}>
          {formatInteger(shown.length)} of {formatInteger(lines.length)} lines.{' '}
          {isWhole ? null : (
            <Button size="sm" variant="quiet" onClick={() => setWhole(true)}>
              Show more
            </Button>
          )}
        </p>
      ) : null}
    </section>
  );
});

function perByte({ bits, start, end }: LineCost): number {
  return bits / (end - start);
}

function otherOf(costs: Float64Array, { start, end }: LineCost): string {
  if (costs.length < end) return '–';
  let bits = 0;
  for (let i = start; i < end; i++) bits += costs[i]!;
  return (bits / (end - start)).toFixed(2);
}

function headOf(bytes: Uint8Array, { start, end }: LineCost): string {
  const to = characterEnd(bytes, Math.min(end, start + HEAD));
  const pieces = tokenPieces(bytes, start, to);
  const text = pieces.map((piece) =>
    piece.kind === 'bytes'
      ? piece.hex.join(' ')
      : piece.kind === 'newline'
        ? ''
        : piece.kind === 'control'
          ? piece.symbol
          : piece.text,
  );
  return `${text.join('')}${to < end - 1 ? '…' : ''}`;
}
