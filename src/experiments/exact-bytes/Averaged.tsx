import { useId } from 'react';
import { formatInteger, formatSignificant } from '../../ui/format';
import { Select } from '../../ui/Select';
import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import shared from '../../views/experiment/settings.module.css';
import { LineChart } from '../../views/plot/LineChart';
import type { ViewProps } from '../experiment';
import { mixture, OTHER_SIZES, type Result, type State } from './experiment';
import styles from './View.module.css';

/** Two models of different vocabularies, averaged byte by byte. */
export function Averaged({ state, result, onChange }: ViewProps<State, Result>) {
  const id = useId();
  const average = result?.average;
  const mixed = average && mixture(average, state.share);
  const steps = average ? average.bitsPerByte.length - 1 : 1;
  return (
    <More summary="Two models of different vocabularies, averaged">
      <p>
        Their tokens do not match, but their next bytes do: both read the same text, and the average of their
        distributions is a distribution again.
      </p>
      {state.model === 'learned' ? (
        <div className={styles.fields}>
          <label htmlFor={`${id}-other`}>Second vocabulary</label>
          <Select
            id={`${id}-other`}
            value={String(state.other)}
            options={OTHER_SIZES.map((size) => ({ id: String(size), name: sizeName(size) }))}
            onChange={(size) =>
              onChange({ ...state, other: OTHER_SIZES.find((one) => String(one) === size)! })
            }
          />
        </div>
      ) : null}
      <div className={shared.setting}>
        <label htmlFor={`${id}-share`}>Share of the second model</label>
        <input
          id={`${id}-share`}
          type="range"
          min={0}
          max={100}
          step={5}
          value={state.share}
          onChange={(event) => onChange({ ...state, share: Number(event.target.value) })}
        />
        <output htmlFor={`${id}-share`} className="mono">
          {state.share} %
        </output>
      </div>
      {average && mixed ? (
        <>
          <LineChart
            label="Bits per byte of text set aside against the share of the second model"
            x={{ label: 'share of the second model, %', from: 0, to: 100 }}
            y={{ label: 'bits per byte' }}
            lines={[
              {
                id: 'both',
                label: 'average',
                points: average.bitsPerByte.map((bits, i) => [(100 * i) / steps, bits] as const),
              },
            ]}
            at={state.share}
            onPick={(share) => onChange({ ...state, share: Math.round(share / 5) * 5 })}
            height={200}
          />
          <p className={reading.text}>
            {sizeName(result.sizes[0])} alone: {formatSignificant(mixed.main)} bits per byte;{' '}
            {sizeName(result.sizes[1])} alone: {formatSignificant(mixed.other)}; averaged:{' '}
            {formatSignificant(mixed.both)}, which is {formatSignificant(Math.abs(100 * mixed.gain))} %{' '}
            {mixed.gain >= 0 ? 'fewer' : 'more'} than the better one. Measured on{' '}
            {formatInteger(average.bytes)} bytes
            {result.model === 'learned' ? ' that neither has read' : ''}. The paper’s 3.7 % is of the score in
            a benchmark, so the two are not the same quantity.
          </p>
        </>
      ) : null}
    </More>
  );
}

export function sizeName(size: number): string {
  return size === 256 ? 'single bytes' : `${formatInteger(size)} tokens`;
}
