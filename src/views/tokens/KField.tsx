import { useId } from 'react';
import { NumberField } from '../../ui/NumberField';
import styles from './KField.module.css';

export interface KFieldProps {
  readonly k: number;
  readonly count: number;
  readonly onChange: (k: number) => void;
}

/** How many tokens are kept, to type, or to change by one. */
export function KField({ k, count, onChange }: KFieldProps) {
  const id = useId();
  return (
    <span className={styles.field}>
      <label htmlFor={id} className={styles.name}>
        Tokens kept
      </label>
      <span className={styles.stepper}>
        <button
          type="button"
          className={styles.step}
          aria-label="One token fewer"
          disabled={k <= 1}
          onClick={() => onChange(k - 1)}
        >
          −
        </button>
        <NumberField
          id={id}
          className={styles.input}
          label="Number of tokens kept"
          min={1}
          max={count}
          value={k}
          onChange={onChange}
        />
        <button
          type="button"
          className={styles.step}
          aria-label="One token more"
          disabled={k >= count}
          onClick={() => onChange(k + 1)}
        >
          +
        </button>
      </span>
      <span className={styles.count}>of {count}</span>
    </span>
  );
}
