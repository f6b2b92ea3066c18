import { sha256OfId } from '../../core/link/tokenizer-file';
import { FilePicker } from '../../views/pickers/FilePicker';
import { useLab } from './context';
import styles from './MissingFile.module.css';
import { TOKENIZER_FILES } from './tokenizer-files';

/** A column whose tokenizer a link names, and whose file is not here. */
export function MissingFile({ id, name }: { readonly id: string; readonly name: string }) {
  const { intake } = useLab();
  const hash = sha256OfId(id);
  return (
    <div className={styles.missing}>
      <p className={styles.title}>
        This link uses <strong>{name}</strong>.
      </p>
      <p>The file itself does not travel in links. Drop it here, or choose it, to see the text through it.</p>
      <p className={styles.hash} title={hash}>
        sha256 <span className="mono">{hash.slice(0, 16)}…</span>
      </p>
      <FilePicker
        accept={TOKENIZER_FILES}
        multiple
        onPick={(files) => void intake.take(files, { as: 'tokenizer', wanted: id })}
      >
        Choose the file…
      </FilePicker>
    </div>
  );
}
