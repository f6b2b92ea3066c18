import { formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { WordView } from '../../views/experiment-words/WordView';
import type { ViewProps } from '../experiment';
import { longerThan } from '../word-figures';
import { subwordOptions } from '../word-tokenizers';
import { inputTable, type Result, type State, units } from './experiment';
import styles from './View.module.css';

const unitOptions = units.map((unit) => ({ value: unit, label: unit === 'bytes' ? 'Bytes' : 'Characters' }));

/** Words and subwords of a text with typos, and how many words have room. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const set = (change: Partial<State>) => onChange({ ...state, ...change });
  const { slots, room, unit } = state;
  const cut = result && longerThan(result.lengths[unit], room);
  return (
    <WordView
      levels={result}
      choices={state}
      onChange={set}
      tokenizers={subwordOptions()}
      slots={slots}
      table={inputTable(state)}
      numbers={[
        {
          id: 'slots',
          label: 'Vectors for a word',
          value: slots,
          min: 1,
          max: 12,
          onChange: (next) => set({ slots: next }),
        },
        {
          id: 'room',
          label: `Room in a word, ${unit}`,
          value: room,
          min: 4,
          max: 32,
          onChange: (next) => set({ room: next }),
        },
      ]}
    >
      <div className={styles.room}>
        <span aria-hidden="true">A word is made of</span>
        <Segmented
          label="A word is made of"
          options={unitOptions}
          value={unit}
          onChange={(next) => set({ unit: next })}
          size="sm"
        />
        {cut === undefined ? null : (
          <span>
            {formatSignificant(cut)} % of the words are longer than {room} {unit}: their ends are not read.
          </span>
        )}
      </div>
    </WordView>
  );
}
