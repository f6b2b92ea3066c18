import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { Notice } from '../../ui/Notice';
import { Progress } from '../../ui/Progress';
import { RareIcon } from '../../ui/RareIcon';
import styles from './KeepOffline.module.css';
import type { Keeping, PartState } from './keeping';

/** Loads all that the page can be asked for, so that it works without a network from then on. */
export function KeepOffline({ keeping }: { readonly keeping: Keeping }) {
  useEffect(() => void keeping.refresh(), [keeping]);
  const { parts, isRunning, underway, problem, isSafe } = useStore(keeping.store);
  const wanted = parts?.filter(({ isWanted }) => isWanted) ?? [];
  const total = sum(wanted.map(({ bytes }) => bytes));
  const kept = sum(wanted.map((state) => state.kept));
  // The page's own icon, kept as it loads, is no beginning.
  const isBegun = kept > total / 100;
  const isDone = wanted.length > 0 && kept === total;
  return (
    <section className={styles.offline} aria-label="Keep everything for offline use">
      <div className={styles.words}>
        <h2>Keep everything for offline use</h2>
        <p>
          Whatever you open is kept. To be ready for a class or a flight, load the rest once: labs, lessons,
          tokenizers and models then open without a network.
        </p>
      </div>
      {parts ? (
        <ul className={styles.parts}>
          {parts.map((state) => (
            <Part key={state.part.id} state={state} keeping={keeping} disabled={isRunning} />
          ))}
        </ul>
      ) : null}
      {problem ? (
        <Notice
          tone="error"
          title={problem.message}
          actions={parts ? null : <Button onClick={() => void keeping.refresh()}>Try again</Button>}
        >
          {problem.hint}
        </Notice>
      ) : null}
      {parts ? (
        <div className={styles.run}>
          {isRunning ? (
            <>
              <Button onClick={() => keeping.stop()}>Stop</Button>
              <Progress label="Keeping" loaded={Math.min(total, kept + underway)} total={total} />
            </>
          ) : isDone ? (
            <p role="status">
              All of it is here: {formatBytes(total)}.
              {isSafe === false ? ' The browser may delete it if this device’s disk gets full.' : ''}
            </p>
          ) : (
            <Button
              variant="primary"
              icon={<RareIcon name="download" />}
              disabled={wanted.length === 0}
              onClick={() => void keeping.start()}
            >
              {isBegun ? 'Keep the rest' : wanted.length === parts.length ? 'Keep everything' : 'Keep these'}{' '}
              ({formatBytes(total - kept)})
            </Button>
          )}
        </div>
      ) : null}
    </section>
  );
}

interface PartProps {
  readonly state: PartState;
  readonly keeping: Keeping;
  readonly disabled: boolean;
}

function Part({ state, keeping, disabled }: PartProps) {
  const { part, bytes, kept, isWanted } = state;
  const isHere = kept === bytes;
  return (
    <li className={styles.row}>
      <label className={styles.part}>
        <input
          type="checkbox"
          checked={isWanted}
          disabled={disabled}
          onChange={({ target }) => keeping.want(part.id, target.checked)}
        />
        <span className={styles.label}>{part.label}</span>
        <span className={styles.here} data-here={isHere || undefined}>
          {isHere ? 'here' : kept > 0 ? `${formatBytes(kept)} here` : ''}
        </span>
        <span className={styles.size}>{formatBytes(bytes)}</span>
      </label>
      {part.store === 'models' && kept > 0 ? (
        <Button
          size="sm"
          variant="quiet"
          className={styles.delete}
          icon={<RareIcon name="trash" size={14} />}
          aria-label={`Delete ${part.label}`}
          disabled={disabled}
          onClick={({ currentTarget }) => {
            // The button goes with what it deletes, and the focus would go with it.
            currentTarget.closest('li')?.querySelector('input')?.focus();
            void keeping.remove(part.id);
          }}
        />
      ) : null}
    </li>
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
