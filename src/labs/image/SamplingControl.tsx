import { useId } from 'react';
import { LARGEST_SEED } from '../../core/image/noise';
import { Button } from '../../ui/Button';
import { cx } from '../../ui/cx';
import { NumberField } from '../../ui/NumberField';
import { RareIcon } from '../../ui/RareIcon';
import { Segmented } from '../../ui/Segmented';
import kField from '../../views/tokens/KField.module.css';
import { useLab, useLabState } from './lab-context';
import styles from './SamplingControl.module.css';
import { reroll } from './sampling';
import { useSamplers } from './use-samplers';

/** How a model draws that samples: in how many steps, and from which noise. */
export function SamplingControl() {
  const lab = useLab();
  const id = useId();
  const samplers = useSamplers();
  const seed = useLabState((state) => state.seed);
  const comparing = useLabState(({ lanes }) => lanes.length > 1);
  if (!samplers) return null;
  const { models, offered, steps } = samplers;
  const names = models.map(({ label }) => label).join(' and ');
  const options = offered.map((one) => ({
    value: String(one),
    label: one === 'distilled' ? 'Distilled' : String(one),
  }));
  return (
    <fieldset aria-label={`How ${names} draws`} className={styles.control}>
      <span className={styles.steps}>
        <span className={styles.name}>{comparing ? `${names}: steps` : 'Steps'}</span>
        <Segmented
          size="sm"
          label="Steps"
          options={options}
          value={String(steps)}
          onChange={(value) =>
            lab.session.setSampling({ steps: value === 'distilled' ? value : Number(value) })
          }
        />
      </span>
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
          onChange={(seed) => lab.session.setSampling({ seed })}
        />
      </span>
      <Button
        size="sm"
        icon={<RareIcon name="dice" />}
        className={styles.dice}
        aria-label="Other noise"
        title="Other noise (R on the slider)"
        onClick={() => reroll(lab)}
      />
      <span className={styles.meaning}>other noise, other details</span>
    </fieldset>
  );
}
