import { Segmented } from '../../ui/Segmented';
import reading from '../../views/experiment/reading.module.css';
import type { ViewProps } from '../experiment';
import type { Result, State } from './experiment';
import { HiddenView } from './HiddenView';
import { RealView } from './RealView';
import styles from './View.module.css';

const whose = [
  { value: 'hidden', label: 'Hidden here' },
  { value: 'gpt2', label: 'GPT-2' },
  { value: 'cl100k', label: 'GPT-3.5' },
  { value: 'o200k', label: 'GPT-4o' },
  { value: 'llama-3', label: 'Llama 3' },
] as const;

/** The mixture of a tokenizer that was trained here, or of a real one. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const { tokenizer } = state;
  return (
    <div className={reading.view}>
      <div className={styles.kind}>
        <p className={styles.label}>Whose mixture</p>
        <Segmented
          label="Whose mixture"
          size="sm"
          options={whose}
          value={tokenizer}
          onChange={(value) => onChange({ ...state, tokenizer: value })}
        />
      </div>
      {tokenizer === 'hidden' ? (
        <HiddenView
          state={state}
          result={result?.kind === 'hidden' ? result : undefined}
          onChange={onChange}
        />
      ) : (
        <RealView
          id={tokenizer}
          state={state}
          result={result?.kind === 'real' && result.id === tokenizer ? result : undefined}
          onChange={onChange}
        />
      )}
    </div>
  );
}
