import type { Encodings } from '../../tokenizers/files/choose-encoding';
import { EncodingChoice } from './EncodingChoice';
import styles from './Remarks.module.css';

export interface RemarksProps {
  /** The column's. */
  readonly id: string;
  readonly notes: readonly string[];
  readonly encodings: Encodings | undefined;
}

/** What there is to know about a tokenizer from a file, folded away, and what its file leaves open. */
export function Remarks({ id, notes, encodings }: RemarksProps) {
  return (
    <div className={styles.remarks}>
      {encodings ? <EncodingChoice id={id} encodings={encodings} /> : null}
      {notes.length > 0 ? (
        <details className={styles.notes}>
          <summary>{notes.length === 1 ? '1 note' : `${notes.length} notes`} on this tokenizer</summary>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
