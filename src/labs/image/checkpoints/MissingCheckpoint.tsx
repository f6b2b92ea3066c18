import { bytesOf, officialOf } from '../../../catalog/checkpoints';
import { parseCheckpointId } from '../../../core/image/checkpoint-id';
import { Button } from '../../../ui/Button';
import { formatBytes } from '../../../ui/format';
import { Later } from '../../../views/Later';
import { useLab } from '../lab-context';
import type { Lane } from '../lane';
import { useAdding } from './adding';
import styles from './MissingCheckpoint.module.css';

const loadComing = async () => (await import('./Adding')).Coming;

/** Shown instead of a picture while the checkpoint that the link names is missing; the link's tokens are kept. */
export function MissingCheckpoint({ id, lane }: { readonly id: string; readonly lane: Lane }) {
  const lab = useLab();
  const name = parseCheckpointId(id);
  const isHub = name?.kind === 'hub';
  const official = isHub ? officialOf(name.repository) : undefined;
  const isComing = useAdding(({ phase, plan }) => phase === 'keeping' && plan?.id === id);
  if (isComing) return <Later load={loadComing} props={{ id }} />;
  return (
    <div className={styles.missing} role="alert">
      <p className={styles.title}>
        This needs <strong>{official?.checkpoint.label ?? lab.models.label(id)}</strong>, which is not on this
        device.
      </p>
      {official ? (
        <p className={styles.detail}>
          {official.series.says} Its licence: {official.series.licence.name}.
        </p>
      ) : isHub ? (
        <p className={styles.detail}>
          It is {name.repository} at commit {name.commit.slice(0, 8)}. Looking it up shows its size; nothing
          is downloaded before you have seen that.
        </p>
      ) : (
        <p className={styles.detail}>
          It was added from files, which do not travel in links. Whoever sent the link has them
          {name?.kind === 'file' ? ` (sha256 ${name.sha256.slice(0, 12)}…)` : ''}.
        </p>
      )}
      <Button
        size="sm"
        variant="primary"
        onClick={() => lab.store.setState({ dialog: { lane, wanted: isHub ? id : '' }, dropped: [] })}
      >
        {official
          ? `Download (${formatBytes(bytesOf(official.checkpoint, 'full'))})${official.series.licence.terms ? '…' : ''}`
          : isHub
            ? 'Look it up…'
            : 'Choose its files…'}
      </Button>
    </div>
  );
}
