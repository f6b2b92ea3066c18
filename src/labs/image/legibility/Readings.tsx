import { useId, useMemo } from 'react';
import { dearFacts } from '../../../measures/image-facts';
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { Progress } from '../../../ui/Progress';
import { useMaybeSignal, useSignal } from '../../../views/signal';
import { useLab, useLabState, useLead } from '../lab-context';
import type { Lane } from '../lane';
import styles from './Readings.module.css';
import { useReading } from './use-reading';

const ABSENT = dearFacts.find(({ id }) => id === 'legibility')?.absent;

/** What is read in the original and in every lane's reconstruction, side by side. */
export function Readings() {
  const { store, distances } = useLab();
  const title = useId();
  const picture = useSignal(useLead().opened);
  const lanes = useLabState((state) => state.lanes);
  const original = useMemo(() => {
    const { original: rgba = null, width = 0, height = 0 } = picture ?? {};
    return rgba && { width, height, rgba };
  }, [picture]);
  // The chart says why nothing can be measured, and tries again; then this does so, too.
  const failed = useMaybeSignal(useSignal(distances)?.distances)?.problem;
  const { read, isCurrent, progress, problem, retry } = useReading(failed ? null : original);
  const loading = progress !== null && progress.loaded < (progress.total ?? 0);
  const hasWriting = isCurrent && read!.reading.text !== '';

  if (!original || failed) return null;
  return (
    <section className={styles.panel} aria-labelledby={title}>
      <h2 id={title} className={styles.title}>
        What can be read
      </h2>
      {problem ? (
        <Notice tone="error" title={problem.message} onRetry={retry}>
          {problem.hint}
        </Notice>
      ) : !isCurrent ? (
        <div className={styles.loading}>
          <Progress
            label={loading ? 'Loading PP-OCRv4' : 'Reading the original'}
            name="Loading what reads"
            loaded={loading ? progress.loaded : undefined}
            total={loading ? progress.total : undefined}
          />
          <Button size="sm" variant="quiet" onClick={() => store.setState({ metric: 'psnr' })}>
            Cancel
          </Button>
        </div>
      ) : hasWriting ? (
        <div className={styles.texts}>
          <Text name="Original" text={read!.reading.text} />
          {lanes.map((lane, i) => (
            <LaneText key={String(i)} lane={lane} />
          ))}
        </div>
      ) : (
        <p className={styles.none}>{ABSENT} Try the sample “Road sign”.</p>
      )}
      <p className={styles.note}>
        Read by PP-OCRv4 after enlarging to 480 pixels. Spaces do not count: it places them by chance.
      </p>
    </section>
  );
}

function LaneText({ lane }: { readonly lane: Lane }) {
  const { models } = useLab();
  const opened = useSignal(lane.opened);
  const { read, isCurrent } = useReading(useSignal(lane.shown));
  const name = opened ? models.label(opened.model) : '';
  if (!read) return <Text name={name} text={null} />;
  return <Text name={name} text={read.reading.text} isStale={!isCurrent} />;
}

interface TextProps {
  readonly name: string;
  /** Null while it is read for the first time. */
  readonly text: string | null;
  readonly isStale?: boolean;
}

function Text({ name, text, isStale = false }: TextProps) {
  return (
    <figure className={styles.text}>
      <figcaption className={styles.name}>{name}</figcaption>
      <p className={styles.words} data-stale={isStale || undefined} aria-busy={text === null || isStale}>
        {text === null ? (
          <span className={styles.empty}>Reading …</span>
        ) : (
          text || <span className={styles.empty}>nothing</span>
        )}
      </p>
    </figure>
  );
}
