import { useId } from 'react';
import styles from './KField.module.css';
import { NumberField } from './NumberField';
import { setK } from './session';

/** k as a number to type. */
export function KField({ k, count }: { readonly k: number; readonly count: number }) {
  const id = useId();
  return (
    <span className={styles.field}>
      <label htmlFor={id} className={styles.name}>
        k
      </label>
      <NumberField
        id={id}
        className={styles.input}
        label="Number of tokens kept, k"
        min={1}
        max={count}
        value={k}
        onChange={setK}
      />
      <span className={styles.count}>of {count}</span>
    </span>
  );
}
