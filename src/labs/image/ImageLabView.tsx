import { lazy, memo, Suspense, useEffect } from 'react';
import { Later } from '../../views/Later';
import { LeisureContext, useLeisure } from '../../views/leisure';
import { Announcer } from './Announcer';
import { CloseLane } from './CloseLane';
import { DropTarget } from './DropTarget';
import { Filmstrip } from './Filmstrip';
import { IdActions } from './IdActions';
import styles from './ImageLabView.module.css';
import type { ImageLab } from './image-lab';
import { LabContext, useLab, useLabState, useLaneState, useLead } from './lab-context';
import { type LaneParts, LanePartsContext } from './lane-parts';
import { ModelPicker } from './ModelPicker';
import { useDistanceWatch } from './metrics';
import { Problem } from './Problem';
import { useFromLink } from './receiver/use-from-link';
import { Stage } from './Stage';
import { Sentence } from './stage/Sentence';
import { TokenDock } from './TokenDock';
import { Tokens } from './Tokens';
import { Toolbar } from './Toolbar';
import { useGivenLeisure } from './use-leisure';

const loadAdding = async () => (await import('./checkpoints/Adding')).Adding;

/** Below the pictures and the slider, which do not wait for it. */
const QualityCurve = lazy(async () => ({ default: (await import('./QualityCurve')).QualityCurve }));
const loadNeed = async () => (await import('./need/NeedSection')).NeedSection;
const loadOffer = async () => (await import('./need/NeedSection')).Offer;

/** Zoom by wheel, pinch, drag and keys comes with it. */
const loadZoomBar = async () => (await import('./zoom/ZoomBar')).ZoomBar;
const loadReceiver = async () => (await import('./receiver/Receiver')).Receiver;

const loadReadings = async () => (await import('./legibility/Readings')).Readings;
const loadMissing = async () => (await import('./checkpoints/MissingCheckpoint')).MissingCheckpoint;
const loadCrop = async () => (await import('./crop/CropButton')).CropButton;

const PARTS: LaneParts = {
  Crop: (props) => <Later load={loadCrop} props={props} />,
  Title: ModelPicker,
  Close: CloseLane,
  Missing: (props) => <Later load={loadMissing} props={props} />,
};

/** A picture becomes a row of tokens; a slider rebuilds it from the first k of them. */
export function ImageLabView({ lab }: { readonly lab: ImageLab }) {
  return (
    <LabContext value={lab}>
      <LanePartsContext value={PARTS}>
        <LeisureContext value={lab.leisure}>
          <Bench />
        </LeisureContext>
      </LanePartsContext>
    </LabContext>
  );
}

function Bench() {
  const lab = useLab();
  useEffect(() => lab.activate(), [lab]);
  useGivenLeisure();
  useDistanceWatch();
  const busy = useLaneState(useLead(), ({ phase }) => phase === 'loading-model' || phase === 'encoding');
  return (
    <div className={styles.lab} aria-busy={busy}>
      <Parts />
    </div>
  );
}

/** Not drawn again because something loads. */
const Parts = memo(function Parts() {
  const fromLink = useFromLink();
  const reads = useLabState(({ metric }) => metric === 'legibility');
  const adding = useLabState(({ dialog, keeps }) => dialog ?? keeps);
  return (
    <>
      <h1 className="visually-hidden">Image lab</h1>
      <Announcer />
      <DropTarget />
      <Toolbar />
      <Problem />
      {adding ? <Later load={loadAdding} props={{}} /> : null}
      <Later load={loadOffer} props={{}} />
      <div className={styles.pictures}>
        <div className={styles.head}>
          <Sentence />
          <Later load={loadZoomBar} props={{}} />
        </div>
        <div className={styles.beside}>
          <Stage />
          {fromLink ? (
            <div className={styles.receiver}>
              <Later load={loadReceiver} props={{}} />
            </div>
          ) : null}
        </div>
      </div>
      <TokenDock actions={<IdActions />} />
      <Tokens />
      <Filmstrip />
      <Chart />
      {reads ? <Later load={loadReadings} props={{}} /> : null}
      <Later load={loadNeed} props={{}} />
    </>
  );
});

function Chart() {
  const room = <div className={styles.curve} />;
  return useLeisure() ? (
    <Suspense fallback={room}>
      <QualityCurve />
    </Suspense>
  ) : (
    room
  );
}
