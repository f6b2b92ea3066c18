import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { isAborted } from '../../../core/errors';
import { Button } from '../../../ui/Button';
import { formatInteger } from '../../../ui/format';
import { Icon } from '../../../ui/Icon';
import { Notice } from '../../../ui/Notice';
import { Progress } from '../../../ui/Progress';
import { formatDuration } from '../../../views/duration';
import { useLab, useModelIds } from '../lab-context';
import { asProblem } from '../load';
import styles from './ManyPictures.module.css';
import type { NeedQuestion } from './need-model';
import { needingOf } from './needing';
import type { PageRun, PictureSet } from './needing-state';
import { setOfFiles, setOfSamples } from './picture-sets';
import { describeTarget } from './protocol';
import { RunView } from './RunView';

/** The same question for a folder, several files or the samples. */
export function ManyPictures() {
  const lab = useLab();
  const needing = needingOf(lab);
  const models = useModelIds().filter((id) => lab.models.find(id));
  const { opening, run, before, problem, question } = useStore(needing.store);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const fetching = useRef<AbortController>(undefined);
  const [failure, setFailure] = useState('');
  const progress = useRef<HTMLDivElement>(null);
  const isBeginning = opening !== null;
  useEffect(() => {
    // A run may have been begun from the head of the page.
    if (isBeginning) progress.current?.scrollIntoView({ block: 'nearest' });
  }, [isBeginning]);
  const measure = (set: PictureSet) => void needing.measure(set, models);
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.target.files ?? [])].filter(({ name }) => !name.startsWith('.'));
    event.target.value = ''; // the same files again are a change, too
    if (chosen.length > 0) measure(setOfFiles(chosen, lab));
  };
  const measureSamples = async () => {
    fetching.current?.abort();
    const mine = new AbortController();
    fetching.current = mine;
    setFailure('');
    try {
      measure(await setOfSamples(lab, mine.signal));
    } catch (error) {
      if (!isAborted(error)) setFailure(asProblem(error).message);
    }
  };
  return (
    <section className={styles.many} aria-labelledby="need-many">
      <div className={styles.head}>
        <h3 id="need-many" className={styles.title}>
          And many pictures?
        </h3>
        <div className={styles.ways}>
          <Button size="sm" icon={<Icon name="upload" />} onClick={() => folder.current?.click()}>
            A folder
          </Button>
          <Button size="sm" onClick={() => files.current?.click()}>
            Some files
          </Button>
          <Button size="sm" onClick={() => void measureSamples()}>
            The samples
          </Button>
        </div>
        {/* React has no type for it, and gives it to the element as it is. */}
        <input
          ref={folder}
          type="file"
          hidden
          tabIndex={-1}
          aria-label="Folder of pictures to measure"
          onChange={pick}
          {...{ webkitdirectory: '' }}
        />
        <input
          ref={files}
          type="file"
          multiple
          hidden
          tabIndex={-1}
          aria-label="Pictures to measure"
          onChange={pick}
        />
      </div>
      {!run && !opening ? (
        <p className={styles.lead}>
          Choose a folder, or drop one anywhere on the page: every picture is measured by the models on
          screen. Nothing is uploaded.
        </p>
      ) : null}
      {failure ? <p role="alert">{failure}</p> : null}
      {opening ? (
        <div ref={progress} className={styles.work}>
          <Progress
            label={`Loading the models for ${opening.set.name}`}
            loaded={opening.progress?.loaded}
            total={opening.progress?.total}
          />
          <Button size="sm" onClick={() => needing.cancel()}>
            Cancel
          </Button>
        </div>
      ) : null}
      {problem ? (
        <Notice
          tone="error"
          title={problem.message}
          onRetry={run?.phase === 'stopped' ? () => void needing.resume() : undefined}
        >
          {problem.hint}
        </Notice>
      ) : null}
      {before && run?.phase !== 'running' && !opening ? (
        <div className={styles.stopped}>
          <p>
            Before, {before.name} were stopped after{' '}
            {formatInteger(before.pictures.length + before.broken.length)}.
          </p>
          <Button size="sm" onClick={() => needing.goBack()}>
            Back to these
          </Button>
        </div>
      ) : before ? (
        <p className={styles.lead}>
          What was measured of {before.name} is kept: back to it once this has ended.
        </p>
      ) : null}
      {run ? (
        <>
          <RunHead run={run} onCancel={() => needing.cancel()} onResume={() => void needing.resume()} />
          {run.phase !== 'running' && !opening && isOther(question, run.question) ? (
            <div className={styles.stopped}>
              <p>These figures are for {describeTarget(run.question)}.</p>
              <Button size="sm" onClick={() => measure(run.set)}>
                {`Measure for ${describeTarget(question)}`}
              </Button>
            </div>
          ) : null}
          <RunView run={run} />
        </>
      ) : null}
    </section>
  );
}

function isOther(a: NeedQuestion, b: NeedQuestion): boolean {
  return a.measure !== b.measure || a.value !== b.value;
}

interface RunHeadProps {
  readonly run: PageRun;
  readonly onCancel: () => void;
  readonly onResume: () => void;
}

/** How far a run is. */
function RunHead({ run, onCancel, onResume }: RunHeadProps) {
  const done = run.pictures.length + run.broken.length;
  const out = run.broken.length === 0 ? '' : `, ${formatInteger(run.broken.length)} left out`;
  if (run.phase === 'running') {
    const left = run.secondsLeft === undefined ? '' : `, ${formatDuration(run.secondsLeft)} left`;
    return (
      <div className={styles.work}>
        <Progress
          name={`Measuring ${run.name}`}
          label={`${formatInteger(run.pictures.length)} of ${formatInteger(run.files)} measured${out}${left}`}
          share={done / run.files}
        />
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    );
  }
  if (run.phase === 'done') {
    return (
      <p role="status">
        Done: {formatInteger(run.pictures.length)} of {formatInteger(run.files)} measured{out}.
      </p>
    );
  }
  return (
    <div className={styles.stopped} role="status">
      <p>
        Stopped after {formatInteger(done)} of {formatInteger(run.files)} files. What is done stays.
      </p>
      <Button size="sm" onClick={onResume}>
        Go on
      </Button>
    </div>
  );
}
