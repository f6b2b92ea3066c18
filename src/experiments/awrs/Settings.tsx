import { useId } from 'react';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { More } from '../../views/experiment/More';
import { RangeSetting } from '../../views/experiment/RangeSetting';
import shared from '../../views/experiment/settings.module.css';
import { LONGEST, type State } from './experiment';
import { FORM_NAMES } from './Measurements';
import styles from './Settings.module.css';
import { type Form, forms } from './sampler';

interface SettingsProps {
  readonly state: State;
  readonly onChange: (state: State) => void;
}

const TOKENS: readonly { readonly value: State['tokens']; readonly label: string }[] = [
  { value: 'bytes', label: 'Bytes' },
  { value: 'bpe', label: 'BPE, 512' },
];

/** The model, the form of the weight, and when particles are resampled. */
export function Settings({ state, onChange }: SettingsProps) {
  const form = useId();
  return (
    <More summary="Change the model and the weights">
      <div className={styles.row}>
        <span>Tokens of the model</span>
        <Segmented
          label="Tokens of the model"
          size="sm"
          options={TOKENS}
          value={state.tokens}
          onChange={(tokens) => onChange({ ...state, tokens })}
        />
        <label htmlFor={form}>Weight</label>
        <Select
          id={form}
          value={state.form}
          options={forms.map((id) => ({ id, name: FORM_NAMES[id] }))}
          onChange={(id) => onChange({ ...state, form: id as Form })}
        />
      </div>
      <div className={shared.settings}>
        <RangeSetting
          label="Tokens that the model sees, n of its n-grams"
          value={state.order}
          min={1}
          max={8}
          onChange={(order) => onChange({ ...state, order })}
        />
        <RangeSetting
          label="Characters of a string, at most"
          value={state.most}
          min={1}
          max={LONGEST}
          onChange={(most) => onChange({ ...state, most })}
        />
        <RangeSetting
          label="Resample below this share of particles, %"
          value={state.threshold}
          min={0}
          max={100}
          onChange={(threshold) => onChange({ ...state, threshold })}
        />
      </div>
    </More>
  );
}
