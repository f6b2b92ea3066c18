import { useState } from 'react';
import { changedAt } from '../../../core/image/token-edits';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import { Later } from '../../../views/Later';
import { useSignal } from '../../../views/signal';
import { useLead } from '../lab-context';
import styles from './EditFold.module.css';
import { useEditor } from './use-editor';

const loadTools = async () => (await import('./EditTools')).EditTools;

/** Says whether the tokens were edited, and opens what edits them. */
export function EditFold() {
  const editor = useEditor();
  const [isOpen, setOpen] = useState(false);
  const picture = useSignal(useLead().opened);
  const changed = picture?.own ? changedAt(picture.ids, picture.own).length : 0;
  return (
    <div className={styles.fold}>
      <div className={styles.head}>
        <Button
          size="sm"
          variant="quiet"
          icon={<Icon name={isOpen ? 'down' : 'right'} size={14} />}
          aria-expanded={isOpen}
          disabled={!picture}
          onClick={() => setOpen(!isOpen)}
        >
          Edit tokens
        </Button>
        {changed > 0 ? (
          <>
            <p className={styles.state} role="status">
              {changed === 1 ? '1 token' : `${changed} tokens`} of {picture!.ids.length} changed
            </p>
            <Button size="sm" onClick={() => editor.reset()}>
              Back to the picture’s own tokens
            </Button>
          </>
        ) : null}
      </div>
      {isOpen && picture ? <Later load={loadTools} props={{}} /> : null}
    </div>
  );
}
