import styles from './Inspector.module.css';
import { inspected } from './screen';
import { useSignal } from './signal';
import { useImageLab } from './store';

/** The token that is pointed at; without a pointer, the last one that is kept. */
export function Inspector() {
  const pointed = useSignal(inspected);
  const k = useImageLab((state) => state.k);
  const ids = useImageLab((state) => state.ids);
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
