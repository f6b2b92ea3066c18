import { WordView } from '../../views/experiment-words/WordView';
import type { ViewProps } from '../experiment';
import { subwordOptions } from '../word-tokenizers';
import { inputTable, type Result, type State } from './experiment';

/** Words of the paper's rule and subwords of a text with typos. */
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
          id: 'longest',
          label: 'Longest word, bytes',
          value: state.longest,
          min: 4,
          max: 1000,
          onChange: (longest) => set({ longest }),
        },
        {
          id: 'byteWidth',
          label: 'Width inside a word',
          value: state.byteWidth,
          min: 16,
          max: 4096,
          onChange: (byteWidth) => set({ byteWidth }),
        },
      ]}
    />
  );
}
