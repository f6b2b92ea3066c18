import type { SpecialReading } from '../../engine/text/text.api';
import { useLab } from './context';
import type { Treatment } from './documents';
import styles from './SpecialLine.module.css';
import { specialWords } from './special-words';

export interface SpecialLineProps {
  readonly reading: SpecialReading;
  /** Tokens of the column. */
  readonly count: number;
  /** How the column's text was read. */
  readonly treatment: Treatment;
}

/** What special tokens do to a column's count, and the other way to read them. */
export function SpecialLine({ reading, count, treatment }: SpecialLineProps) {
  const { state } = useLab();
  const { special } = treatment;
  const { written, added } = specialWords(reading, special, count);
  return (
    <div className={styles.lines}>
      {written ? (
        <p>
          {written}{' '}
          <button
            type="button"
            title="In every column"
            onClick={() => state.treat({ special: special === 'parse' ? 'text' : 'parse' })}
          >
            {special === 'parse' ? 'Read as text' : 'Parse'}
          </button>
        </p>
      ) : null}
      {added ? (
        <p>
          {added}{' '}
          <button
            type="button"
            title="In every column"
            onClick={() => state.treat({ addSpecialTokens: false })}
          >
            Leave out
          </button>
        </p>
      ) : null}
    </div>
  );
}
