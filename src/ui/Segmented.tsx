import { useId } from 'react';
import { cx } from './cx';
import styles from './Segmented.module.css';

export interface SegmentedProps<T extends string> {
  /** Its name for screen readers. */
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly size?: 'sm' | 'md';
}

/** One of a few views, in a row: native radio buttons in the look of a segmented control. */
export function Segmented<T extends string>({
  label,
  options,
  value,
  onChange,
  size = 'md',
}: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className={cx(styles.segmented, size === 'sm' && styles.sm)} aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            className={styles.input}
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span className={styles.face}>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
