import { Later } from '../../views/Later';
import { TextField } from '../../views/text-intake/TextField';
import { useLab, useTextState } from './context';
import { fitsField } from './documents';
import { Note } from './Note';
import { SampleStrip } from './SampleStrip';
import styles from './TextInput.module.css';

const loadLarge = async () => (await import('./LargeDocument')).LargeDocument;

/** Where the text comes in. */
export function TextInput() {
  const { state, intake } = useLab();
  const document = useTextState((now) => now.document);
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
        <Later load={loadLarge} props={{ document }} />
      )}
      <Note />
    </div>
  );
}
