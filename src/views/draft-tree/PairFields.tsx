import type { ReactNode } from 'react';
import { Segmented } from '../../ui/Segmented';
import styles from './PairFields.module.css';

export interface Field {
  readonly label: string;
  readonly values: readonly number[];
  readonly value: number;
  readonly say?: (value: number) => string;
  readonly onChange: (value: number) => void;
}

interface PairFieldsProps {
  readonly unit: 'tokens' | 'bytes';
  readonly onUnit: (unit: 'tokens' | 'bytes') => void;
  readonly fields: readonly Field[];
  readonly children?: ReactNode;
}

const units = [
  { value: 'tokens', label: '512 tokens' },
  { value: 'bytes', label: 'bytes' },
] as const;

/** Settings of the two models, and more of an experiment's own. */
export function PairFields({ unit, onUnit, fields, children }: PairFieldsProps) {
  return (
    <div className={styles.fields}>
      <div className={styles.field}>
        <span>Both models read and write</span>
        <Segmented
          label="Both models read and write"
          size="sm"
          options={units}
          value={unit}
          onChange={onUnit}
        />
      </div>
      {fields.map(({ label, values, value, say = String, onChange }) => {
        // A value of a link that is none of these is offered as well.
        const all = values.includes(value) ? values : [...values, value].sort((a, b) => a - b);
        return (
          <div key={label} className={styles.field}>
            <span>{label}</span>
            <Segmented
              label={label}
              size="sm"
              options={all.map((each) => ({ value: String(each), label: say(each) }))}
              value={String(value)}
              onChange={(each) => onChange(Number(each))}
            />
          </div>
        );
      })}
      {children}
    </div>
  );
}
