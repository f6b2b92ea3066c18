import { useId } from 'react';
import { findTextTokenizer } from '../../../../catalog/tokenizers';
import { formatInteger } from '../../../../ui/format';
import { CurveSwatch, type NamedCurve } from '../../../../views/vocabulary/CutPlot';
import type { LabTokenizer } from '../../lab-tokenizers';
import styles from './CutLegend.module.css';
import { whyNotCut } from './sentences';
import type { CurveState } from './use-curves';

export interface CutLegendProps {
  readonly states: readonly { readonly tokenizer: LabTokenizer; readonly state: CurveState }[];
  readonly curves: readonly NamedCurve[];
  readonly size: number;
  readonly lead: string | undefined;
  readonly onLead: (id: string) => void;
}

/** The curves' tokenizers: which one is cut below, and the figures of each. */
export function CutLegend({ states, curves, size, lead, onLead }: CutLegendProps) {
  const name = useId();
  return (
    <fieldset className={styles.legend}>
      <legend className={styles.heading}>Cut with</legend>
      {states.map(({ tokenizer: { id, label }, state }) => {
        const curve = curves.find((one) => one.id === id);
        if (!curve) {
          return (
            <div key={id} className={styles.none}>
              <span className={styles.name}>{label}</span>
              <span className={styles.why}>
                {state.kind === 'waiting'
                  ? 'Reading its vocabulary…'
                  : state.kind === 'failed'
                    ? state.message
                    : whyNotCut(findTextTokenizer(id)?.spec.kind)}
              </span>
            </div>
          );
        }
        const { largest, counts } = curve.curve;
        return (
          <label key={id} className={styles.row}>
            <input type="radio" name={name} checked={id === lead} onChange={() => onLead(id)} />
            <CurveSwatch line={curve.line} />
            <span className={styles.name}>{label}</span>
            <span className={styles.now}>
              {curve.live === null ? '–' : formatInteger(curve.live)} <small>tokens</small>
            </span>
            <span className={styles.why}>
              {size >= largest ? 'with all' : `${formatInteger(counts.at(-1)!)} with all`}{' '}
              {formatInteger(largest)} entries
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
