import { Notice } from '../../ui/Notice';
import { TextField } from '../../views/text-intake/TextField';
import { useLab, useTextState } from './context';
import { fitsField } from './documents';
import { LargeDocument } from './LargeDocument';
import { SampleStrip } from './SampleStrip';
import styles from './TextInput.module.css';

/** Where the text comes in. */
export function TextInput() {
  const { state, intake } = useLab();
  const document = useTextState((now) => now.document);
  const note = useTextState((now) => now.note);
  return (
    <div className={styles.input}>
      <SampleStrip />
      {document.inField ? (
        <TextField
          text={document.text ?? ''}
          fits={fitsField}
          onType={(text) => state.type(text)}
          onInsert={(text) => state.insert(text)}
          onFiles={(files) => void intake.take(files)}
        />
      ) : (
        <LargeDocument document={document} />
      )}
      {note ? (
        <Notice tone={note.tone} title={note.title} onDismiss={() => state.note(null)}>
          {note.hint}
        </Notice>
      ) : null}
    </div>
  );
}
