import { useId } from 'react';
import { LARGEST_SEED } from '../../core/image/noise';
import { Button } from '../../ui/Button';
import { cx } from '../../ui/cx';
import { Icon } from '../../ui/Icon';
import { Segmented } from '../../ui/Segmented';
import { reroll, setSeed, setSteps } from './draw';
import kField from './KField.module.css';
import { NumberField } from './NumberField';
import styles from './SamplingControl.module.css';
import { useSamplers } from './sampling';
import { useImageLab } from './store';

/** How a model draws that makes up what its tokens do not say: in how many steps, and from which noise. */
export function SamplingControl() {
  const id = useId();
  const samplers = useSamplers();
  const seed = useImageLab((state) => state.seed);
  const comparing = useImageLab((state) => state.second !== null);
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
          onChange={(value) => setSteps(value === 'distilled' ? value : Number(value))}
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
          onChange={setSeed}
        />
      </span>
      <Button
        size="sm"
        icon={<Icon name="dice" />}
        className={styles.dice}
        aria-label="Other noise"
        title="Other noise (R on the slider)"
        onClick={reroll}
      />
      <span className={styles.meaning}>changes what the tokens do not say</span>
    </fieldset>
  );
}
