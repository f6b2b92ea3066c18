import { useId } from 'react';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { ModelChoice } from '../../views/experiment/ModelChoice';
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
        <ModelChoice
          label="Model"
          value={state.model}
          learned="n-grams, learned from this text"
          network="network of 0.3 M parameters (0.4 MB)"
          onChange={(model) => onChange({ ...state, model })}
        />
        {state.model === 'learned' ? (
          <>
            <span>Tokens of the model</span>
            <Segmented
              label="Tokens of the model"
              size="sm"
              options={TOKENS}
              value={state.tokens}
              onChange={(tokens) => onChange({ ...state, tokens })}
            />
          </>
        ) : null}
        <label htmlFor={form}>Weight</label>
        <Select
          id={form}
          value={state.form}
          options={forms.map((id) => ({ id, name: FORM_NAMES[id] }))}
          onChange={(id) => onChange({ ...state, form: id as Form })}
        />
      </div>
      {state.model === 'network' ? (
        <p>
          A transformer over bytes, trained on books in seven languages. It has not learned from this text: a
          few of its short sentences stand in front of every string, and a string ends where the network ends
          its paragraph. Fewer strings are drawn.
        </p>
      ) : null}
      <div className={shared.settings}>
        {state.model === 'learned' ? (
          <RangeSetting
            label="Tokens that the model sees, n of its n-grams"
            value={state.order}
            min={1}
            max={8}
            onChange={(order) => onChange({ ...state, order })}
          />
        ) : null}
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
