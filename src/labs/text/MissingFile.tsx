import { sha256OfId } from '../../core/link/tokenizer-file';
import { hubOrigin, originLabel } from '../../core/link/tokenizer-origin';
import { Button } from '../../ui/Button';
import { FilePicker } from '../../views/pickers/FilePicker';
import { useLab, useOwnTokenizers } from './context';
import styles from './MissingFile.module.css';
import { TOKENIZER_FILES } from './tokenizer-files';

/** A column whose tokenizer a link names, and whose file is not here. */
export function MissingFile({ id, name }: { readonly id: string; readonly name: string }) {
  const { intake, own, host } = useLab();
  useOwnTokenizers();
  const hash = sha256OfId(id);
  const origin = own.originOf(id);
  const site = origin && hubOrigin(origin) ? ` (${new URL(host.settings.getState().hub).host})` : '';
  return (
    <div className={styles.missing}>
      <p className={styles.title}>
        This link uses <strong>{name}</strong>.
      </p>
      <p>
        The file itself does not travel in links.{' '}
        {origin
          ? `Fetch it from where it was published${site}, or drop it here.`
          : 'Drop it here, or choose it, to see the text through it.'}
      </p>
      <p className={styles.hash} title={hash}>
        sha256 <span className="mono">{hash.slice(0, 16)}…</span>
      </p>
      <div className={styles.ways}>
        {origin ? (
          <Button
            size="sm"
            variant="primary"
            title={origin}
            onClick={() => void intake.fetch({ text: origin, hub: host.settings.getState().hub, wanted: id })}
          >
            Fetch it from {originLabel(origin)}
          </Button>
        ) : null}
        <FilePicker
          accept={TOKENIZER_FILES}
          multiple
          onPick={(files) => void intake.take(files, { as: 'tokenizer', wanted: id })}
        >
          Choose the file…
        </FilePicker>
      </div>
    </div>
  );
}
