import { type Signal, useSignal } from '../signal';
import styles from './Inspector.module.css';

export interface InspectorProps {
  readonly ids: Uint32Array | null;
  /** How many are kept. */
  readonly k: number;
  /** The token (from 0) that is pointed at, or null. */
  readonly inspected: Signal<number | null>;
}

/** The token that is pointed at; without a pointer, the last one that is kept. */
export function Inspector({ ids, k, inspected }: InspectorProps) {
  const pointed = useSignal(inspected);
  const index = pointed ?? k - 1;
  const id = ids?.[index];
  if (id === undefined || !ids) return null;
  const state = index === k - 1 ? 'last kept' : index < k ? 'kept' : 'not kept';
  return (
    <p className={styles.line}>
      token {index + 1} of {ids.length}
      <span className={styles.dot}>·</span>
      <b>
        id {id} = 0x{id.toString(16).toUpperCase().padStart(4, '0')}
      </b>
      <span className={styles.dot}>·</span>
      {state}
    </p>
  );
}
