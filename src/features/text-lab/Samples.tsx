import { sampleTexts } from '../../catalog/sample-texts';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import styles from './Samples.module.css';
import { openFile, openSample, restoreOwn, useTextLab } from './store';

/** Sample texts, the way back to the visitor's own, and files. */
export function Samples() {
  const origin = useTextLab((state) => state.document.origin);
  const hasOwn = useTextLab((state) => state.own !== null);
  const chosen = origin.kind === 'sample' ? origin.id : undefined;
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
            onClick={restoreOwn}
          >
            Your text
          </Button>
        ) : null}
        {sampleTexts.map(({ id, label, hint }) => (
          <Button
            key={id}
            size="sm"
            variant="quiet"
            className={styles.chip}
            pressed={id === chosen}
            title={hint}
            onClick={() => openSample(id)}
          >
            {label}
          </Button>
        ))}
      </div>
      <label className={styles.file}>
        <Icon name="upload" />
        <span>Open file</span>
        <input
          type="file"
          className="visually-hidden"
          accept="text/*,.txt,.md,.csv,.tsv,.json,.jsonl,.xml,.html,.js,.ts,.py,.c,.h,.cpp,.rs,.go,.java,.log"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file) void openFile(file);
          }}
        />
      </label>
    </div>
  );
}
