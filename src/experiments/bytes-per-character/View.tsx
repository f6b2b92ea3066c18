import { formatInteger } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import type { ViewProps } from '../experiment';
import { forms, type Result, type State } from './experiment';
import styles from './View.module.css';

const options = forms.map((form) => ({ value: form, label: form === 'none' ? 'As it is' : form }));

/** How many characters take 1, 2, 3 and 4 bytes, as bars; above them the normalization form. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const all = result?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
  return (
    <div className={styles.view}>
      <Segmented
        label="Normalization form"
        options={options}
        value={state.form}
        onChange={(form) => onChange({ ...state, form })}
      />
      <dl className={styles.bars}>
        {[1, 2, 3, 4].map((length) => {
          const count = result?.counts[length - 1] ?? 0;
          return (
            <div key={length} className={styles.row}>
              <dt>{length === 1 ? '1 byte' : `${length} bytes`}</dt>
              <dd>
                <span
                  className={styles.bar}
                  aria-hidden="true"
                  style={{ transform: `scaleX(${all && count / all})` }}
                />
                <span className="mono">{result ? formatInteger(count) : '–'}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
