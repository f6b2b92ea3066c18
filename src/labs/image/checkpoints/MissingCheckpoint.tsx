import { parseCheckpointId } from '../../../core/image/checkpoint-id';
import { Button } from '../../../ui/Button';
import { type ModelPlace, modelLabel, openCheckpointDialog } from '../models';
import styles from './MissingCheckpoint.module.css';

/** In place of a picture whose checkpoint a link names, and which is not here. The link's tokens wait for it. */
export function MissingCheckpoint({ id, place }: { readonly id: string; readonly place: ModelPlace }) {
  const name = parseCheckpointId(id);
  const isHub = name?.kind === 'hub';
  return (
    <div className={styles.missing} role="alert">
      <p className={styles.title}>
        This needs <strong>{modelLabel(id)}</strong>, which is not on this device.
      </p>
      {isHub ? (
        <p className={styles.detail}>
          It is {name.repository} at commit {name.commit.slice(0, 8)}. Nobody knows its size until it is
          looked up; nothing is downloaded before you have seen it.
        </p>
      ) : (
        <p className={styles.detail}>
          It came out of files, which do not travel in links. Whoever sent the link has them
          {name?.kind === 'file' ? ` (sha256 ${name.sha256.slice(0, 12)}…)` : ''}.
        </p>
      )}
      <Button size="sm" variant="primary" onClick={() => openCheckpointDialog(place, isHub ? id : '')}>
        {isHub ? 'Look it up…' : 'Choose its files…'}
      </Button>
    </div>
  );
}
