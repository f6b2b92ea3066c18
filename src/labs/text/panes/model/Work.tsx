import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { Progress } from '../../../../ui/Progress';
import styles from './Model.module.css';
import { bytesRead } from './reading';
import type { ReadWork } from './use-reading';

export interface WorkProps {
  readonly name: string;
  readonly work: ReadWork;
  /** Bytes that are to be read. */
  readonly bytes: number;
}

/** What is waited for, with a way to stop; and what went wrong, with a way to try again. */
export function Work({ name, work, bytes }: WorkProps) {
  const { isBusy, load, reading, error, isStopped } = work;
  const done = reading && reading.bytes.length === bytes ? bytesRead(reading) : 0;
  if (isBusy) {
    return (
      <div className={styles.work}>
        {load ? (
          <Progress label={`Loading ${name}`} loaded={load.loaded} total={load.total} />
        ) : (
          <Progress
            label={`${name} has read ${formatInteger(done)} of ${formatInteger(bytes)} bytes`}
            name={`${name} reads the text`}
            share={bytes > 0 ? done / bytes : 0}
          />
        )}
        <Button size="sm" onClick={work.stop}>
          Stop
        </Button>
      </div>
    );
  }
  if (!error && !isStopped) return null;
  return (
    <Notice
      tone={error ? 'error' : 'info'}
      title={error ? `${name}: ${error.message}` : `${name} stopped after ${formatInteger(done)} bytes.`}
      actions={
        <Button size="sm" onClick={work.again}>
          {error ? 'Try again' : 'Go on'}
        </Button>
      }
    >
      {error?.hint}
    </Notice>
  );
}
