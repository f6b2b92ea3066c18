import { More } from '../../views/experiment/More';
import { RangeSetting } from '../../views/experiment/RangeSetting';
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
        <RangeSetting
          label="p, from 0 to 1"
          value={p}
          min={0.01}
          max={0.99}
          step={0.01}
          onChange={(value) => onChange({ ...state, p: value })}
        />
        <RangeSetting
          label="q, from 1 to 0"
          value={q}
          min={0.01}
          max={0.99}
          step={0.01}
          onChange={(value) => onChange({ ...state, q: value })}
        />
        <RangeSetting
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
