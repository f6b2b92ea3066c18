import type { KeyboardEvent, ReactNode } from 'react';
import { Button } from '../../ui/Button';
import { Segmented } from '../../ui/Segmented';
import styles from './Blink.module.css';
import type { Blinking, Pace } from './use-blink';

export interface BlinkProps {
  readonly pictures: readonly [ReactNode, ReactNode];
  readonly names: readonly [string, string];
  readonly blink: Blinking;
}

/** Two pictures in one place, of which one is seen; a press shows the other. */
export function Blink({ pictures, names, blink }: BlinkProps) {
  return (
    <div
      className={styles.blink}
      data-press
      onPointerDown={(event) => event.button === 0 && blink.hold()}
      onPointerUp={blink.release}
      onPointerCancel={blink.release}
      onPointerLeave={blink.release}
    >
      {pictures.map((picture, i) => (
        <div key={String(i)} className={styles.layer} data-hidden={i === blink.shown ? undefined : ''}>
          {picture}
        </div>
      ))}
      <span className={styles.name}>{names[blink.shown]}</span>
    </div>
  );
}

const PACES = [
  { value: 'slow', label: '2 s' },
  { value: 'medium', label: '1 s' },
  { value: 'fast', label: '½ s' },
] as const satisfies readonly { value: Pace; label: string }[];

/** Pause, pace, and the key that shows the other picture. */
export function BlinkControls({ names, blink }: Pick<BlinkProps, 'names' | 'blink'>) {
  const isKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  return (
    <div className={styles.controls}>
      {blink.still ? (
        <span className={styles.hint}>Your system asks for less motion: press to switch.</span>
      ) : (
        <>
          <Button size="sm" onClick={() => blink.play(!blink.playing)}>
            {blink.playing ? 'Pause' : 'Play'}
          </Button>
          <Segmented
            size="sm"
            label="Each picture is shown for"
            options={PACES}
            value={blink.pace}
            onChange={blink.setPace}
          />
        </>
      )}
      <Button
        size="sm"
        onPointerDown={blink.hold}
        onPointerUp={blink.release}
        onPointerLeave={blink.release}
        onPointerCancel={blink.release}
        onKeyDown={(event) => {
          if (!isKey(event)) return;
          event.preventDefault();
          if (!event.repeat) blink.hold();
        }}
        onKeyUp={(event) => isKey(event) && blink.release()}
        onBlur={blink.release}
      >
        Hold to show the other
      </Button>
      <span className="visually-hidden" role="status">
        {blink.playing ? '' : `${names[blink.shown]} is shown.`}
      </span>
    </div>
  );
}
