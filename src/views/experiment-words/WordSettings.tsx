import { useId } from 'react';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import { More } from '../experiment/More';
import styles from './WordDetails.module.css';

/** A whole number that is set. */
export interface NumberSetting {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

export interface WordSettingsProps {
  readonly against: string;
  readonly tokenizers: readonly { readonly id: string; readonly name: string }[];
  readonly onAgainst: (id: string) => void;
  readonly numbers: readonly NumberSetting[];
}

/** Folded away: the tokenizer that is compared with, and the numbers of a model. */
export function WordSettings({ against, tokenizers, onAgainst, numbers }: WordSettingsProps) {
  const id = useId();
  return (
    <More summary="Settings">
      <div className={styles.settings}>
        <label htmlFor={`${id}against`}>Compared with</label>
        <Select id={`${id}against`} value={against} options={tokenizers} onChange={onAgainst} />
        {numbers.map(({ id: name, ...number }) => (
          <div key={name} className={styles.setting}>
            <label htmlFor={id + name}>{number.label}</label>
            <NumberField id={id + name} className={styles.number} {...number} />
          </div>
        ))}
      </div>
    </More>
  );
}
