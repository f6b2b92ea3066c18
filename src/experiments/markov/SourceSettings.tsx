import { useId } from 'react';
import { More } from '../../views/experiment/More';
import shared from '../../views/experiment/settings.module.css';
import type { State } from './experiment';

interface SourceSettingsProps {
  readonly state: State;
  readonly onChange: (state: State) => void;
}

/** The sliders of the switching source. */
export function SourceSettings({ state, onChange }: SourceSettingsProps) {
  const { p, q, k } = state;
  return (
    <More
      summary={
        <>
          Change the source: p = {p}, q = {q}, k = {k}
        </>
      }
    >
      <p>
        Each symbol is a copy of the one {k === 1 ? 'before it' : `${k} places before it`}, except that a 0
        becomes a 1 with probability p, and a 1 a 0 with probability q.
      </p>
      <div className={shared.settings}>
        <Setting
          label="p, from 0 to 1"
          value={p}
          min={0.01}
          max={0.99}
          step={0.01}
          onChange={(value) => onChange({ ...state, p: value })}
        />
        <Setting
          label="q, from 1 to 0"
          value={q}
          min={0.01}
          max={0.99}
          step={0.01}
          onChange={(value) => onChange({ ...state, q: value })}
        />
        <Setting
          label="k, places back"
          value={k}
          min={1}
          max={8}
          step={1}
          onChange={(value) => onChange({ ...state, k: value })}
        />
      </div>
    </More>
  );
}

interface SettingProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

function Setting({ label, value, min, max, step, onChange }: SettingProps) {
  const id = useId();
  return (
    <div className={shared.setting}>
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
