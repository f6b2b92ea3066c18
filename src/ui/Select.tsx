import type { Ref } from 'react';
import styles from './Select.module.css';

export interface SelectProps {
  /** For its `label` element. */
  readonly id: string;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (id: string) => void;
  readonly ref?: Ref<HTMLSelectElement>;
}

/** One of several, in the system's own list. */
export function Select({ id, value, options, onChange, ref }: SelectProps) {
  return (
    <select
      ref={ref}
      id={id}
      className={styles.select}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      ))}
    </select>
  );
}
