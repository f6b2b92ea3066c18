import { useId } from 'react';
import { NumberField } from '../../ui/NumberField';
import styles from './KField.module.css';

export interface KFieldProps {
  readonly k: number;
  readonly count: number;
  readonly onChange: (k: number) => void;
}

/** k as a number to type. */
export function KField({ k, count, onChange }: KFieldProps) {
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
        onChange={onChange}
      />
      <span className={styles.count}>of {count}</span>
    </span>
  );
}
