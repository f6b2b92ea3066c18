import type { ReactNode } from 'react';
import { useSignal } from '../../views/signal';
import { BudgetSlider } from '../../views/tokens/BudgetSlider';
import { Inspector } from '../../views/tokens/Inspector';
import { KField } from '../../views/tokens/KField';
import type { ImageLab } from './image-lab';
import { useLab, useLabState, useLead, useModel, useTokenCount } from './lab-context';
import { moveSteps, reroll } from './sampling';
import styles from './TokenDock.module.css';
import { useSamplers } from './use-samplers';

/** Additional keys of the slider: how a sampling model draws. */
const KEYS: Readonly<Record<string, (lab: ImageLab) => void>> = {
  r: reroll,
  ',': (lab) => moveSteps(lab, -1),
  '.': (lab) => moveSteps(lab, 1),
};

/** The widest thing on the page: the slider. @param actions at the end of its head */
export function TokenDock({ actions }: { readonly actions?: ReactNode }) {
  const lab = useLab();
  const { session } = lab;
  const k = useLabState((state) => state.k);
  const count = useTokenCount();
  const lead = useLead();
  const chosen = useModel(lead);
  const picture = useSignal(lead.opened);
  // While another model loads, k is of the picture on screen.
  const bits = ((picture && lab.models.find(picture.model)) ?? chosen)?.tokens.bits ?? 0;
  const ids = picture?.ids ?? null;
  const energy = useSignal(lab.energy);
  const plays = useSignal(lab.breath.playing);
  const samples = useSamplers() !== undefined;
  if (count === undefined) return null;
  return (
    <section className={styles.dock} aria-label="Tokens kept">
      <div className={styles.head}>
        <KField k={k} count={count} onChange={(next) => session.setK(next)} />
        <div className={styles.inspector}>
          {plays ? (
            <p className={styles.playing}>Playing once from 1 to {count}: any touch stops it.</p>
          ) : (
            <Inspector ids={ids} k={k} inspected={session.inspected} held={lab.held} effect={lab.effect} />
          )}
        </div>
        {actions}
      </div>
      <BudgetSlider
        k={k}
        count={count}
        bits={bits}
        energy={energy}
        onChange={(next) => session.setK(next)}
        onInspect={(index) => session.inspected.set(index)}
        onKey={(key) => samples && KEYS[key.toLowerCase()]?.(lab)}
      />
    </section>
  );
}
