import { WordView } from '../../views/experiment-words/WordView';
import type { ViewProps } from '../experiment';
import { subwordOptions } from '../word-tokenizers';
import { inputTable, type Result, type State } from './experiment';

/** Words and subwords of a text with typos; the tables of both below. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const set = (change: Partial<State>) => onChange({ ...state, ...change });
  return (
    <WordView
      levels={result}
      choices={state}
      onChange={set}
      tokenizers={subwordOptions()}
      slots={1}
      table={inputTable(state)}
      numbers={[
        {
          id: 'room',
          label: 'Room in a word, bytes',
          value: state.room,
          min: 4,
          max: 32,
          onChange: (room) => set({ room }),
        },
        {
          id: 'byteWidth',
          label: 'Width of a byte’s row',
          value: state.byteWidth,
          min: 16,
          max: 4096,
          onChange: (byteWidth) => set({ byteWidth }),
        },
      ]}
    />
  );
}
