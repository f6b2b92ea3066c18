import { lazy, Suspense, useEffect } from 'react';
import { Announcer } from './Announcer';
import { DropTarget } from './DropTarget';
import { Filmstrip } from './Filmstrip';
import styles from './ImageLab.module.css';
import { useCheckpoints } from './models';
import { Problem } from './Problem';
import { QualityCurve } from './QualityCurve';
import { Stage } from './Stage';
import { followFirst } from './second';
import { activate } from './session';
import { useImageLab } from './store';
import { TokenDock } from './TokenDock';
import { TokenRow } from './TokenRow';
import { Toolbar } from './Toolbar';

const AddCheckpoint = lazy(async () => ({
  default: (await import('./checkpoints/AddCheckpoint')).AddCheckpoint,
}));

/** A picture becomes a row of tokens; a slider rebuilds it from the first k of them. */
export function ImageLab() {
  useEffect(activate, []);
  useEffect(followFirst, []);
  const comparing = useImageLab((state) => state.second !== null);
  const adding = useCheckpoints((state) => state.dialog !== null);
  const busy = useImageLab(({ phase }) => phase === 'loading-model' || phase === 'encoding');
  return (
    <div className={styles.lab} data-comparing={comparing || undefined} aria-busy={busy}>
      <h1 className="visually-hidden">Image lab</h1>
      <Announcer />
      <DropTarget />
      <Toolbar />
      <Problem />
      <div className={styles.bench}>
        <Stage />
        <QualityCurve />
      </div>
      <TokenDock />
      <TokenRow />
      <Filmstrip />
      {adding ? (
        <Suspense>
          <AddCheckpoint />
        </Suspense>
      ) : null}
    </div>
  );
}
