import { formatInteger } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { ControlBar } from '../../views/experiment/ControlBar';
import { BarChart } from '../../views/plot/BarChart';
import type { ViewProps } from '../experiment';
import { forms, type Result, type State } from './experiment';
import styles from './View.module.css';

const options = forms.map((form) => ({ value: form, label: form === 'none' ? 'As it is' : form }));

/** How many characters take 1, 2, 3 and 4 bytes, as bars; above them the normalization form. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const bars = (result?.counts ?? []).map((value, i) => ({
    id: String(i),
    label: i === 0 ? '1 byte' : `${i + 1} bytes`,
    value,
  }));
  return (
    <div className={styles.view}>
      <ControlBar>
        <Segmented
          label="Normalization form"
          options={options}
          value={state.form}
          onChange={(form) => onChange({ ...state, form })}
        />
      </ControlBar>
      <BarChart label="Characters by their bytes in UTF-8" bars={bars} format={formatInteger} />
    </div>
  );
}
