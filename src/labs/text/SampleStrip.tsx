import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { FilePicker } from '../../views/pickers/FilePicker';
import { useLab, useTextState } from './context';
import styles from './SampleStrip.module.css';

/** Only what the file dialogue shows first: the content decides what a file is. */
const TEXT_FILES =
  'text/*,.txt,.md,.csv,.tsv,.json,.jsonl,.xml,.html,.js,.ts,.py,.c,.h,.cpp,.rs,.go,.java,.log,.tiktoken,.model';

/** Sample texts, the way back to the visitor's own, and files. */
export function SampleStrip() {
  const { state, samples, intake } = useLab();
  const list = useStore(samples.store, (now) => now.list);
  const text = useTextState(({ document }) => document.text);
  const hasOwn = useTextState(({ own }) => own !== null);
  useEffect(() => void samples.load(), [samples]);
  return (
    <div className={styles.samples}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would promise form controls */}
      <div className={styles.strip} role="group" aria-label="Sample texts">
        {hasOwn ? (
          <Button
            size="sm"
            variant="quiet"
            className={styles.chip}
            icon={<Icon name="left" />}
            onClick={() => state.restoreOwn()}
          >
            Your text
          </Button>
        ) : null}
        {list.map(({ id, label, hint, text: own }) => (
          <Button
            key={id}
            size="sm"
            variant="quiet"
            className={styles.chip}
            pressed={own === text}
            title={hint}
            onClick={() => state.openSample(id)}
          >
            {label}
          </Button>
        ))}
      </div>
      <FilePicker accept={TEXT_FILES} multiple onPick={(files) => void intake.take(files)}>
        Open file
      </FilePicker>
    </div>
  );
}
