import { formatInteger } from '../../ui/format';
import { Slider } from '../../ui/Slider';
import { type SizeScale, shortSize } from './size-scale';
import styles from './VocabularySlider.module.css';

export interface VocabularySliderProps {
  readonly scale: SizeScale;
  readonly size: number;
  /** The sizes that the chosen vocabulary can have. */
  readonly smallest: number;
  readonly largest: number;
  /** Tokens of the text at this size; null while they are not known. */
  readonly tokens: number | null;
  readonly onChange: (size: number) => void;
  /** Called with the keys that are not the slider's own. */
  readonly onKey: (key: string) => void;
}

/** The token-count slider for text: a vocabulary's size on a logarithmic scale. */
export function VocabularySlider(props: VocabularySliderProps) {
  const { scale, size, smallest, largest, tokens, onChange, onKey } = props;
  const percent = (value: number) => `${scale.shareOf(value) * 100}%`;
  const shown = Math.min(scale.max, Math.max(scale.min, size));
  return (
    <div className={styles.control}>
      <div className={styles.scale} aria-hidden="true">
        {scale.marks.map((mark) => (
          <span
            key={mark}
            className={styles.tick}
            data-minor={/^1/.test(String(mark)) ? undefined : ''}
            style={{ left: percent(mark) }}
          >
            {shortSize(mark)}
          </span>
        ))}
      </div>
      <Slider
        label="Size of the vocabulary"
        min={scale.min}
        max={scale.max}
        value={shown}
        valueText={`${formatInteger(shown)} entries${tokens === null ? '' : `, ${formatInteger(tokens)} tokens`}`}
        marks={scale.marks}
        scale={scale}
        onChange={onChange}
        onKey={onKey}
        className={styles.slider}
      >
        <div className={styles.track}>
          <span
            className={styles.range}
            style={{ left: percent(smallest), right: `${100 - scale.shareOf(largest) * 100}%` }}
          />
          <span
            className={styles.kept}
            style={{
              left: percent(smallest),
              right: `${100 - scale.shareOf(Math.min(largest, Math.max(smallest, shown))) * 100}%`,
            }}
          />
        </div>
      </Slider>
    </div>
  );
}
