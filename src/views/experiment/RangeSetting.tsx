import { useId } from 'react';
import styles from './settings.module.css';

export interface RangeSettingProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** 1 by default. */
  readonly step?: number;
  readonly onChange: (value: number) => void;
}

/** A folded setting: its name, a range, and the number. */
export function RangeSetting({ label, value, min, max, step = 1, onChange }: RangeSettingProps) {
  const id = useId();
  return (
    <div className={styles.setting}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <output htmlFor={id} className="mono">
        {step < 1 ? value.toFixed(2) : value}
      </output>
    </div>
  );
}
