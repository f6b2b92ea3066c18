import { Segmented } from '../../ui/Segmented';
import { More } from '../../views/experiment/More';
import found from '../../views/experiment/pieces.module.css';
import type { State } from './experiment';
import styles from './View.module.css';

interface SettingsProps {
  readonly state: State;
  readonly onChange: (state: State) => void;
}

const ALPHAS = [0.1, 0.25, 0.5, 1];
const OMEGAS = [0, 0.0001, 0.01, 0.05];
const LIVES = [1, 3, 10];

/** The paper's parameters, folded away. */
export function Settings({ state, onChange }: SettingsProps) {
  return (
    <More summary="How it learns: α, ω and τ₀">
      <div className={styles.fields}>
        <Field
          label="α: share of neighbouring chunks that it memorizes as one"
          values={ALPHAS}
          value={state.alpha}
          onChange={(alpha) => onChange({ ...state, alpha })}
        />
        <Field
          label="ω: share of the lexicon’s tail put on probation at each step"
          values={OMEGAS}
          value={state.omega}
          onChange={(omega) => onChange({ ...state, omega })}
        />
        <Field
          label="τ₀: steps that a chunk may stay on probation"
          values={LIVES}
          value={state.life}
          onChange={(life) => onChange({ ...state, life })}
        />
      </div>
    </More>
  );
}

interface FieldProps {
  readonly label: string;
  readonly values: readonly number[];
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Field({ label, values, value, onChange }: FieldProps) {
  // A value of a link that is none of these is offered as well.
  const all = values.includes(value) ? values : [...values, value].sort((a, b) => a - b);
  return (
    <div className={styles.field}>
      <span className={found.why}>{label}</span>
      <Segmented
        label={label}
        size="sm"
        options={all.map((one) => ({ value: String(one), label: String(one) }))}
        value={String(value)}
        onChange={(one) => onChange(Number(one))}
      />
    </div>
  );
}
