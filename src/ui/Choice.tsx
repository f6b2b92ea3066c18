import { useId } from 'react';
import styles from './Choice.module.css';

export interface ChoiceOption<T extends string> {
  readonly value: T;
  readonly label: string;
  /** A second line. */
  readonly detail?: string;
}

export interface ChoiceProps<T extends string> {
  readonly legend: string;
  /** Where a heading above says the same. */
  readonly hideLegend?: boolean;
  /** Larger, where the choice is what a panel is for. */
  readonly size?: 'md';
  readonly options: readonly ChoiceOption<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few, as native radio buttons in a column. */
export function Choice<T extends string>({
  legend,
  hideLegend = false,
  size,
  options,
  value,
  onChange,
}: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.choice} data-size={size}>
      <legend className={hideLegend ? 'visually-hidden' : styles.legend}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.detail ? <span className={styles.detail}>{option.detail}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
