import { useId, useMemo } from 'react';
import { SIZES } from '../../tokenizers/train/defaults';
import { formatInteger } from '../../ui/format';
import { NumberField } from '../../ui/NumberField';
import { ScaleTrack } from '../../ui/ScaleTrack';
import { Slider } from '../../ui/Slider';
import { PLOT_MARGIN } from '../../views/vocabulary/plot-margin';
import { sizeScale } from '../../views/vocabulary/size-scale';
import { VocabularySlider } from '../../views/vocabulary/VocabularySlider';
import { useLab, useTrain } from './context';
import panels from './Panels.module.css';
import styles from './SizeControl.module.css';

/** The one control that matters: how many tokens, or for Less-is-Better how long it reads. */
export function SizeControl() {
  const { session } = useLab();
  const { kind, size, lib } = useTrain((state) => state.draft);
  const scale = useMemo(() => sizeScale(SIZES.least, SIZES.most), []);
  const id = useId();
  const moveTo = (next: number) =>
    session.set({ size: Math.min(SIZES.most, Math.max(SIZES.least, Math.round(next))) });
  if (kind === 'lib') {
    return (
      <div className={styles.head}>
        <label htmlFor={id}>Steps of reading</label>
        <NumberField
          id={id}
          label="Steps of reading"
          className={panels.number}
          min={1}
          max={100_000}
          value={lib.steps}
          onChange={(steps) => session.set({ lib: { ...lib, steps } })}
        />
        <span className={panels.note}>The lexicon finds its own size.</span>
      </div>
    );
  }
  return (
    <div className={styles.control}>
      <div className={styles.head}>
        <label htmlFor={id}>Vocabulary</label>
        <NumberField
          id={id}
          label="Size of the vocabulary, in tokens"
          className={panels.number}
          min={SIZES.least}
          max={SIZES.most}
          value={size}
          onChange={moveTo}
        />
        <span className={panels.note}>tokens</span>
      </div>
      <div style={{ paddingLeft: PLOT_MARGIN.left, paddingRight: PLOT_MARGIN.right }}>
        <VocabularySlider
          scale={scale}
          size={size}
          smallest={SIZES.least}
          largest={SIZES.most}
          tokens={null}
          onChange={moveTo}
          onKey={(key) => {
            if (key === '+' || key === '=') moveTo(Math.ceil(size * 1.1));
            if (key === '-') moveTo(Math.floor(size / 1.1));
          }}
        />
      </div>
      {kind === 'superbpe' ? <Transition /> : null}
    </div>
  );
}

/** Percent of the vocabulary. */
const LEAST = 10;
const MARKS = [25, 50, 75, 90, 100];

function Transition() {
  const { session } = useLab();
  const transition = useTrain(({ draft }) => draft.transition);
  const size = useTrain(({ draft }) => draft.size);
  const percent = Math.min(100, Math.max(LEAST, Math.round(transition * 100)));
  const at = Math.min(size, Math.max(SIZES.least, Math.round(size * transition)));
  const words =
    at >= size ? 'no token crosses words, as in BPE' : `tokens cross words from ${formatInteger(at)} on`;
  return (
    <>
      <p className={styles.head}>
        <span>Transition t</span>
        <span className={styles.value}>{percent} %</span>
        <span className={panels.note}>{words}</span>
      </p>
      <div style={{ paddingLeft: PLOT_MARGIN.left, paddingRight: PLOT_MARGIN.right }}>
        <Slider
          className={styles.slider}
          label="Transition, as a share of the vocabulary"
          min={LEAST}
          max={100}
          value={percent}
          valueText={`${percent} %: ${words}`}
          marks={MARKS}
          onChange={(next) => session.set({ transition: next / 100 })}
        >
          <ScaleTrack kept={(percent - LEAST + 1) / (100 - LEAST + 1)} />
        </Slider>
      </div>
    </>
  );
}
