import { type CSSProperties, useEffect } from 'react';
import { LeisureContext } from '../../views/leisure';
import { Announcer } from './Announcer';
import styles from './EmbedView.module.css';
import type { ImageLab } from './image-lab';
import { LabContext, useLab, useLabState, useLaneState, useLead } from './lab-context';
import type { Lane } from './lane';
import { type LaneParts, LanePartsContext } from './lane-parts';
import { Problem } from './Problem';
import { useFromLink } from './receiver/use-from-link';
import { Stage } from './Stage';
import { TokenDock } from './TokenDock';
import { useGivenLeisure } from './use-leisure';

const PARTS: LaneParts = { Title, Missing };

/** Pictures in a row at most. */
const MOST_IN_ROW = 3;

/** The pictures and the slider of an experiment, and nothing to change its picture or models. */
export function EmbedView({ lab }: { readonly lab: ImageLab }) {
  return (
    <LabContext value={lab}>
      <LanePartsContext value={PARTS}>
        <LeisureContext value={lab.leisure}>
          <Experiment />
        </LeisureContext>
      </LanePartsContext>
    </LabContext>
  );
}

function Experiment() {
  const lab = useLab();
  useEffect(() => lab.activate(), [lab]);
  useGivenLeisure();
  const view = useLabState((state) => state.view);
  const count = useLabState(({ lanes }) => lanes.length);
  const phase = useLaneState(useLead(), (state) => state.phase);
  const fromLink = useFromLink();
  const beside = (view === 'side' && !fromLink) || (view === 'difference' && count === 1) ? 1 : 0;
  return (
    <div
      className={styles.experiment}
      style={{ '--pictures': Math.min(MOST_IN_ROW, count + beside) } as CSSProperties}
      aria-busy={phase === 'loading-model' || phase === 'encoding'}
    >
      <Announcer />
      <Problem />
      <Stage />
      <TokenDock />
    </div>
  );
}

function Title({ lane }: { readonly lane: Lane }) {
  const { models } = useLab();
  const label = models.label(useLaneState(lane, ({ model }) => model));
  return (
    <span className={styles.name} title={label}>
      {label}
    </span>
  );
}

function Missing({ id }: { readonly id: string }) {
  const { models } = useLab();
  return (
    <p className={styles.missing} role="alert">
      <span>
        This picture needs <strong>{models.label(id)}</strong>, a checkpoint that is not here. Open it in
        Tokenoscope to add the checkpoint.
      </span>
    </p>
  );
}
