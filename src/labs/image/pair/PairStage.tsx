import { type ReactNode, useMemo } from 'react';
import { Blink, BlinkControls } from '../../../views/picture/Blink';
import { PictureFrame } from '../../../views/picture/PictureFrame';
import { DIFFERENCE_GAIN } from '../../../views/picture/paint';
import { useBlink } from '../../../views/picture/use-blink';
import { Wipe } from '../../../views/picture/Wipe';
import { useSignal, useSignals } from '../../../views/signal';
import type { ImageView, Pair } from '../experiment';
import { LaneFoot, LaneProgress, TokenMark } from '../LaneViews';
import { useLab, useLabState, useLead } from '../lab-context';
import type { Lane } from '../lane';
import { useLaneParts } from '../lane-parts';
import { ModelFacts } from '../ModelFacts';
import { sizesDiffer } from './difference';
import { useHeat } from './Heat';
import styles from './Pair.module.css';
import { PairCanvas } from './PairCanvas';
import { PairPickers } from './PairPickers';
import { pairOf } from './pair';
import { sourcesOf } from './pictures';
import { usePictureNames } from './use-names';

export type PairView = Exclude<ImageView, 'side'>;

const BETWEEN: Readonly<Record<PairView, string>> = { wipe: '|', blink: '⇄', difference: '−', heat: '−' };

/** Two pictures compared in one place, as large as the stage allows, and every lane's figures beside. */
export function PairStage({ view }: { readonly view: PairView }) {
  const lanes = useLabState((state) => state.lanes);
  const chosen = useLabState((state) => state.pair);
  const opened = useSignal(useLead().opened);
  const hasOriginal = opened ? opened.original !== null : true;
  const pair = pairOf(view, chosen, lanes.length, hasOriginal);
  return pair ? <Compared view={view} pair={pair} hasOriginal={hasOriginal} /> : <Alone lane={lanes[0]!} />;
}

interface ComparedProps {
  readonly view: PairView;
  readonly pair: Pair;
  readonly hasOriginal: boolean;
}

function Compared({ view, pair, hasOriginal }: ComparedProps) {
  const lab = useLab();
  const lead = useLead();
  const lanes = useLabState((state) => state.lanes);
  const names = usePictureNames();
  const split = useSignal(lab.split);
  const loaded = useSignal(lead.opened) !== null;
  const sizes = useSizes(lanes, pair);
  const blink = useBlink();
  const subtracts = view === 'difference' || view === 'heat';
  const heat = useHeat(pair, view === 'heat' && !sizes);
  const two: [string, string] = [names[pair[0]]!, names[pair[1]]!];
  const left = <PairCanvas pair={pair} show="left" />;
  const right = <PairCanvas pair={pair} show="right" />;
  const body: Record<PairView, () => ReactNode> = {
    wipe: () => (
      <>
        {right}
        <Wipe
          label={`Wipe between ${two[0]} and ${two[1]}`}
          left={left}
          leftName={two[0]}
          rightName={two[1]}
          split={split}
          onSplit={(to) => lab.split.set(to)}
        />
      </>
    ),
    blink: () => <Blink pictures={[left, right]} names={two} blink={blink} />,
    difference: () => <PairCanvas pair={pair} show="difference" />,
    heat: () => heat.body,
  };
  const foot: Record<PairView, () => ReactNode> = {
    wipe: () => null,
    blink: () => <BlinkControls names={two} blink={blink} />,
    difference: () => (
      <p className={styles.note}>
        The absolute difference, times {DIFFERENCE_GAIN}: black where both agree, brighter where they differ
        more.
      </p>
    ),
    heat: () => heat.legend,
  };
  return (
    <>
      <PictureFrame
        title={<PairPickers pair={pair} names={names} hasOriginal={hasOriginal} between={BETWEEN[view]} />}
      >
        {!loaded ? null : subtracts && sizes ? (
          <p className={styles.missing}>
            {two[0]} is {sizes[0]} pixels and {two[1]} is {sizes[1]}: pictures of different sizes cannot be
            subtracted. Wipe and blink can show them.
          </p>
        ) : (
          body[view]()
        )}
        {subtracts ? null : <TokenMark />}
        <LaneProgress lane={lead} />
      </PictureFrame>
      <Beside>{foot[view]()}</Beside>
    </>
  );
}

/** A lane's picture where there is nothing to compare it with. */
function Alone({ lane }: { readonly lane: Lane }) {
  return (
    <>
      <PictureFrame title="Nothing to compare with">
        <PairCanvas pair={[1, 1]} show="right" />
        <LaneProgress lane={lane} />
      </PictureFrame>
      <Beside>
        <p className={styles.note}>The original is not included in this link. Add a model to compare two.</p>
      </Beside>
    </>
  );
}

/** The sizes of two pictures where they differ. */
function useSizes(lanes: readonly Lane[], pair: Pair): readonly [string, string] | null {
  const [left, right] = pair;
  useSignals(useMemo(() => sourcesOf(lanes, [left, right]), [lanes, left, right]));
  return sizesDiffer(lanes, pair);
}

/** Beside the picture or below it: how to look, and what is said of every lane. */
function Beside({ children }: { readonly children: ReactNode }) {
  const lanes = useLabState((state) => state.lanes);
  return (
    <div className={styles.lanes}>
      <div className={styles.foot}>{children}</div>
      {lanes.map((lane, i) => (
        <LaneCard key={String(i)} lane={lane} />
      ))}
    </div>
  );
}

/** A lane without its picture: model, figures, progress. */
function LaneCard({ lane }: { readonly lane: Lane }) {
  const leads = useLead() === lane;
  const { Title, Close } = useLaneParts();
  return (
    <section className={styles.card}>
      <div className={styles.cardHead}>
        <span className={styles.cardTitle}>
          <Title lane={lane} />
        </span>
        <span className={styles.cardAside}>
          <ModelFacts lane={lane} />
        </span>
        {leads || !Close ? null : <Close lane={lane} />}
      </div>
      <LaneFoot lane={lane} />
      {leads ? null : (
        <div className={styles.progress}>
          <LaneProgress lane={lane} />
        </div>
      )}
    </section>
  );
}
