import { Notice } from '../../ui/Notice';
import { LargeText } from './LargeText';
import { Samples } from './Samples';
import { dismissNote, useTextLab } from './store';
import { TextField } from './TextField';
import styles from './TextInput.module.css';

/** Where the text comes in. */
export function TextInput() {
  const document = useTextLab((state) => state.document);
  const note = useTextLab((state) => state.note);
  return (
    <div className={styles.input}>
      <Samples />
      {document.inField ? <TextField text={document.text ?? ''} /> : <LargeText document={document} />}
      {note ? (
        <Notice tone={note.tone} title={note.title} onDismiss={dismissNote}>
          {note.hint}
        </Notice>
      ) : null}
    </div>
  );
}
