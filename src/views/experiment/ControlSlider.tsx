import { useId } from 'react';
import { type LogScale, logScale } from '../../ui/log-scale';
import { ScaleSlider } from '../../ui/ScaleSlider';
import { ScaleTrack } from '../../ui/ScaleTrack';
import { linearScale } from '../plot/linear-scale';
import styles from './ControlSlider.module.css';

export interface ControlSliderProps {
  /** What is changed: "Merges". */
  readonly label: string;
  /** Whole numbers; show shares as per cent. */
  readonly min: number;
  readonly max: number;
  readonly value: number;
  /** Numbers to label on the scale, ascending. */
  readonly marks: readonly number[];
  /** Logarithmic where it spans orders of magnitude; then `min` is above 0. */
  readonly isLog?: boolean;
  /** A value in words and units: "400 merges". */
  readonly say: (value: number) => string;
  /** A mark in few characters; the number itself by default. */
  readonly nameOf?: (mark: number) => string;
  readonly onChange: (value: number) => void;
  /** Set where a `LineChart` over the same range stands below: the two scales are then in line. */
  readonly overChart?: boolean;
}

/** The slider of an experiment, with its name and its value in words; drawn like that of the labs. */
export function ControlSlider(props: ControlSliderProps) {
  const { label, min, max, value, marks, isLog = false, say, nameOf = String, onChange, overChart } = props;
  const name = useId();
  const scale: LogScale = isLog ? logScale(min, max, marks) : linearScale(min, max, marks);
  const shown = Math.min(max, Math.max(min, value));
  return (
    <div className={styles.control}>
      <p className={styles.head}>
        <span id={name}>{label}</span>
        <output className={styles.value}>{say(shown)}</output>
      </p>
      <div className={overChart ? styles.overChart : undefined}>
        <ScaleSlider
          scale={scale}
          nameOf={nameOf}
          isMinor={(_, i) => i % 2 === 1}
          label={label}
          value={shown}
          valueText={say(shown)}
          onChange={onChange}
        >
          <ScaleTrack kept={scale.shareOf(shown)} />
        </ScaleSlider>
      </div>
    </div>
  );
}
