import { prefixTicks } from '../../engine/image/player';
import { Slider } from '../../ui/Slider';
import styles from './BudgetSlider.module.css';
import { TokenTrack } from './TokenTrack';

export interface BudgetSliderProps {
  /** Null where they are not known yet. */
  readonly ids: Uint32Array | null;
  /** How many tokens are kept, 1..count. */
  readonly k: number;
  readonly count: number;
  /** Bits of a token. */
  readonly bits: number;
  readonly onChange: (k: number) => void;
  /** The token (from 0) under a mouse that hovers, or null. */
  readonly onInspect?: (index: number | null) => void;
  /** Called with the keys that are not the slider's own. */
  readonly onKey?: (key: string) => void;
}

/** A slider whose track is the row of tokens itself, under a scale of their number. */
export function BudgetSlider({ ids, k, count, bits, onChange, onInspect, onKey }: BudgetSliderProps) {
  const ticks = prefixTicks(count);
  const bytes = Math.ceil((k * bits) / 8);
  return (
    <>
      <div className={styles.scale} aria-hidden="true">
        {ticks.map((tick) => (
          <span
            key={tick}
            className={styles.tick}
            data-fine={tick > 1 && tick / count < 1 / 32 ? '' : undefined}
            data-narrow={tick > 1 && tick / count < 1 / 8 ? '' : undefined}
            style={{ left: `${(tick / count) * 100}%` }}
          >
            {tick}
          </span>
        ))}
      </div>
      <Slider
        label="Tokens kept"
        min={1}
        max={count}
        value={k}
        valueText={`${k} of ${count} tokens, ${bytes} bytes`}
        marks={ticks}
        onChange={onChange}
        {...(onKey ? { onKey } : {})}
        onHover={(cell) => onInspect?.(cell === null ? null : cell - 1)}
        className={styles.slider}
      >
        <TokenTrack ids={ids} k={k} count={count} />
      </Slider>
    </>
  );
}
