import { useId } from 'react';
import { LARGEST_SEED } from '../../core/image/noise';
import { Button } from '../../ui/Button';
import { cx } from '../../ui/cx';
import { Icon } from '../../ui/Icon';
import { NumberField } from '../../ui/NumberField';
import { RareIcon } from '../../ui/RareIcon';
import { Segmented } from '../../ui/Segmented';
import kField from '../../views/tokens/KField.module.css';
import { LANES_LIMIT } from './experiment';
import { useLab, useLabState, useLaneState, useModel } from './lab-context';
import type { Drawing, Lane } from './lane';
import styles from './SamplingControl.module.css';
import { drawingOf, reroll } from './sampling';

/** How a lane draws whose model samples: in how many steps, and from which noise. */
export function SamplingControl({ lane }: { readonly lane: Lane }) {
  const lab = useLab();
  const id = useId();
  const model = useModel(lane);
  useLaneState(lane, ({ drawing }) => drawing);
  useLabState(({ steps }) => steps);
  useLabState(({ seed }) => seed);
  useLabState(({ guidance }) => guidance);
  const isFull = useLabState(({ lanes }) => lanes.length >= LANES_LIMIT);
  // Alone it draws as the lab says; beside others, in its own way.
  const isAlone = useLabState(
    ({ lanes }) => lanes.filter((one) => lab.models.find(one.model)?.sampler).length < 2,
  );
  const drawn = drawingOf(lane, lab);
  if (!drawn || !model) return null;
  const { sampling, offered } = drawn;
  const { steps, seed, guidance } = sampling;
  const strengths = model.sampler?.guidance?.offered ?? [];
  const set = (change: Partial<Drawing>) => {
    const isApart = !isAlone || lane.store.getState().drawing !== null;
    lab.session.setSampling(change, isApart ? lane : undefined);
  };
  const options = offered.map((one) => ({
    value: String(one),
    label: one === 'distilled' ? 'Distilled' : String(one),
  }));
  return (
    <fieldset aria-label={`How ${model.label} draws`} className={styles.control}>
      <span className={styles.steps}>
        <span className={styles.name}>Steps</span>
        <Segmented
          size="sm"
          label="Steps"
          options={options}
          value={String(steps)}
          onChange={(value) => set({ steps: value === 'distilled' ? value : Number(value) })}
        />
      </span>
      {guidance !== undefined && (
        <span className={styles.steps} title="How strongly the tokens decide: 1 as trained">
          <span className={styles.name}>Guidance</span>
          <Segmented
            size="sm"
            label="Guidance"
            options={strengths.map((one) => ({ value: String(one), label: String(one) }))}
            value={String(guidance)}
            onChange={(value) => lab.session.setGuidance(Number(value))}
          />
        </span>
      )}
      <span className={styles.noise}>
        <label htmlFor={id} className={styles.name}>
          Noise
        </label>
        <NumberField
          id={id}
          className={cx(kField.input, styles.seed)}
          label="Noise, a number that decides what is made up"
          min={0}
          max={LARGEST_SEED}
          value={seed}
          onChange={(next) => set({ seed: next })}
        />
        <Button
          size="sm"
          icon={<RareIcon name="dice" />}
          className={styles.dice}
          aria-label="Other noise"
          title="Other noise (R on the slider)"
          onClick={() => reroll(lab, isAlone && lane.store.getState().drawing === null ? undefined : lane)}
        />
        <Button
          size="sm"
          icon={<Icon name="plus" size={14} />}
          aria-label="Another seed beside it"
          title="The same tokens from other noise, beside it"
          disabled={isFull || seed >= LARGEST_SEED}
          onClick={() => lab.session.addLane(lane.model, { steps, seed: seed + 1 })}
        />
      </span>
    </fieldset>
  );
}
