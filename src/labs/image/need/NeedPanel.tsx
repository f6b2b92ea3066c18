import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { reveal } from '../../../ui/reveal';
import { useWidth } from '../../../ui/use-width';
import { useSignal } from '../../../views/signal';
import { useLab, useLabState } from '../lab-context';
import type { Lane } from '../lane';
import { Answer } from './Answer';
import { ManyPictures } from './ManyPictures';
import { NeedChart, type NeedCurve } from './NeedChart';
import styles from './NeedPanel.module.css';
import type { NeedQuestion } from './need-model';
import { needingOf } from './needing';
import { Question } from './Question';
import { useLaneNeed } from './use-lane-need';

/**
 * The answer for the picture on screen by every lane's model, and for many pictures.
 * @param asked how often a visitor has asked for it: each time it scrolls into view
 */
export function NeedPanel({ asked }: { readonly asked: number }) {
  const needing = needingOf(useLab());
  const question = useStore(needing.store, (state) => state.question);
  const lanes = useLabState((state) => state.lanes);
  const [curves, setCurves] = useState<ReadonlyMap<Lane, NeedCurve>>(new Map());
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked > 0) reveal(panel.current?.closest('section'), 'start');
  }, [asked]);
  const chart = useRef<HTMLDivElement>(null);
  const width = useWidth(chart);
  const shown = lanes.flatMap((lane) => curves.get(lane) ?? []);
  return (
    <div ref={panel} className={styles.panel}>
      <Question question={question} onChange={(next) => needing.ask(next)} />
      <div className={styles.one}>
        <ul className={styles.answers}>
          {lanes.map((lane, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lanes have no id, and a search belongs to its lane
            <LaneAnswer key={i} lane={lane} question={question} onCurve={setCurves} />
          ))}
        </ul>
        <figure ref={chart} className={styles.chart}>
          {width > 0 && shown.length > 0 ? (
            <NeedChart width={width} height={220} question={question} curves={shown} />
          ) : null}
          <figcaption className={styles.caption}>tokens, log scale</figcaption>
        </figure>
      </div>
      <ManyPictures />
    </div>
  );
}

function LaneAnswer({
  lane,
  question,
  onCurve,
}: {
  readonly lane: Lane;
  readonly question: NeedQuestion;
  readonly onCurve: (change: (before: ReadonlyMap<Lane, NeedCurve>) => ReadonlyMap<Lane, NeedCurve>) => void;
}) {
  const { models } = useLab();
  const { found, cancel, search } = useLaneNeed(lane, question);
  const searched = found?.points;
  const decoded = useSignal(lane.measured);
  // The rest of the curve, as far as the lab has decoded it anyway.
  const points = useMemo(() => {
    if (!searched) return undefined;
    const all = new Map(searched);
    for (const point of decoded) {
      const quality = point?.metrics[question.measure];
      if (point && quality !== undefined) all.set(point.k, quality);
    }
    return all;
  }, [searched, decoded, question.measure]);
  const k = found?.need?.k ?? null;
  useEffect(() => {
    const picture = lane.opened.get();
    onCurve((before) => {
      const after = new Map(before);
      if (!points || !picture) after.delete(lane);
      else after.set(lane, { label: models.label(picture.model), count: picture.ids.length, points, k });
      return after;
    });
  }, [lane, points, k, models, onCurve]);
  return <Answer lane={lane} question={question} found={found} onCancel={cancel} onSearch={search} />;
}
