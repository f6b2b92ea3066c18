import { Notice } from '../../ui/Notice';
import { isLarge } from './document';
import { LargeText } from './LargeText';
import { Samples } from './Samples';
import { dismissNote, useTextLab } from './store';
import { TextField } from './TextField';
import styles from './TextInput.module.css';

/** Where the text comes in. */
export function TextInput() {
  const document = useTextLab((state) => state.document);
  const note = useTextLab((state) => state.note);
  const large = isLarge(document);
  return (
    <div className={styles.input}>
      <Samples />
      {large ? <LargeText key="large" document={document} /> : <TextField text={document.text} />}
      {note ? (
        <Notice tone={note.tone} title={note.title} onDismiss={dismissNote}>
          {note.hint}
        </Notice>
      ) : null}
    </div>
  );
}
