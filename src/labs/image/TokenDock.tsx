import { prefixTicks } from '../../engine/image/player';
import { Slider } from '../../ui/Slider';
import { moveSteps, reroll } from './draw';
import { IdActions } from './IdActions';
import { Inspector } from './Inspector';
import { KField } from './KField';
import { SamplingControl } from './SamplingControl';
import { useSamplers } from './sampling';
import { inspected } from './screen';
import { setK } from './session';
import { useImageLab, useKnowsTokens, useModel, useTokenCount } from './store';
import styles from './TokenDock.module.css';
import { TokenTrack } from './TokenTrack';

/** Keys of the slider beside its own: how a model draws that samples. */
const KEYS: Readonly<Record<string, () => void>> = {
  r: reroll,
  ',': () => moveSteps(-1),
  '.': () => moveSteps(1),
};

/** The widest thing on the page: the slider, whose track is the row of tokens itself. */
export function TokenDock() {
  const k = useImageLab((state) => state.k);
  const count = useTokenCount();
  const bits = useModel()?.tokens.bits ?? 0;
  const known = useKnowsTokens();
  const samples = useSamplers() !== undefined;
  if (!known) return null;
  const ticks = prefixTicks(count);
  const bytes = Math.ceil((k * bits) / 8);
  return (
    <section className={styles.dock} aria-label="Tokens kept">
      <div className={styles.head}>
        <h2 className={styles.title}>Tokens kept</h2>
        <KField k={k} count={count} />
        <SamplingControl />
        <div className={styles.inspector}>
          <Inspector />
        </div>
        <IdActions />
      </div>
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
        onChange={setK}
        onKey={(key) => samples && KEYS[key.toLowerCase()]?.()}
        onHover={(cell) => inspected.set(cell === null ? null : cell - 1)}
        className={styles.slider}
      >
        <TokenTrack k={k} count={count} />
      </Slider>
    </section>
  );
}
