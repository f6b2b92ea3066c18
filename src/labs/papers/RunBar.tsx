import { Button } from '../../ui/Button';
import { formatInteger } from '../../ui/format';
import { Progress } from '../../ui/Progress';
import { RareIcon } from '../../ui/RareIcon';
import { useLab, usePapers } from './context';
import styles from './RunBar.module.css';

/** Says how far a run is, gives it up, runs again, and draws a new seed where the experiment has one. */
export function RunBar() {
  const { session } = useLab();
  const job = usePapers((state) => state.job);
  const isHeld = usePapers((state) => state.isHeld);
  const isThere = usePapers(({ outcome }) => outcome?.isWhole === true);
  const fields = usePapers((state) => state.fields);
  const experiment = usePapers(({ loaded }) => loaded?.experiment);
  const seed = fields['seed'];
  const isRandom = experiment !== undefined && (experiment.isRandom?.(fields) ?? true);
  return (
    <div className={styles.bar}>
      {job ? (
        <>
          <div className={styles.progress}>
            <Progress
              name="The experiment"
              label={job.load ? `Loading ${job.load.what}` : 'Running'}
              {...(job.load
                ? { loaded: job.load.loaded, total: job.load.total }
                : { share: job.share ?? undefined })}
            />
          </div>
          <Button size="sm" onClick={() => session.cancel()}>
            Cancel
          </Button>
        </>
      ) : (
        <>
          <p className={styles.said} role="status" data-result>
            {isHeld
              ? 'Stopped. What is shown may be of other settings.'
              : isThere
                ? 'Computed just now, on this device.'
                : ''}
          </p>
          {isHeld ? (
            <Button
              size="sm"
              variant="primary"
              icon={<RareIcon name="play" />}
              onClick={() => void session.run()}
            >
              Run
            </Button>
          ) : null}
          {isRandom && typeof seed === 'number' ? (
            <>
              <span className={styles.said}>Seed {formatInteger(seed)}</span>
              <Button size="sm" onClick={() => session.change({ ...fields, seed: seed + 1 })}>
                New seed
              </Button>
            </>
          ) : null}
        </>
      )}
    </div>
  );
}
