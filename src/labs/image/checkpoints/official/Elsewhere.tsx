import type { CheckpointSource } from '../../../../catalog/checkpoints';
import styles from './OfficialModels.module.css';

interface Props {
  readonly source: Extract<CheckpointSource, { kind: 'page' }>;
  readonly terms: string | undefined;
}

/** The way to a checkpoint that its authors publish where this page cannot fetch it. */
export function Elsewhere({ source, terms }: Props) {
  const { url, host, file } = source;
  return (
    <div className={styles.terms}>
      {terms ? <blockquote className={styles.quote}>{terms}</blockquote> : null}
      <ol className={styles.steps}>
        <li>
          <a href={url} target="_blank" rel="noreferrer">
            Download <code>{file}</code> from its authors’ {host}
          </a>
          , which other pages may not read.
        </li>
        <li>Drop the file on this dialog, or choose it below. Nothing in it is run.</li>
      </ol>
    </div>
  );
}
