import { useId } from 'react';
import { findTextTokenizer } from '../../../../catalog/tokenizers';
import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import { CurveSwatch, type NamedCurve } from '../../../../views/vocabulary/CutPlot';
import type { LabTokenizer } from '../../lab-tokenizers';
import styles from './CutLegend.module.css';
import { legendFigures, whyNotCut } from './sentences';
import type { CurveState } from './use-curves';

export interface CutLegendProps {
  readonly states: readonly { readonly tokenizer: LabTokenizer; readonly state: CurveState }[];
  readonly curves: readonly NamedCurve[];
  readonly size: number;
  readonly lead: string | undefined;
  readonly onLead: (id: string) => void;
  /** Stops counting; null where nothing is counted. */
  readonly onStop: (() => void) | null;
  /** Counts again what was stopped or failed. */
  readonly onAgain: () => void;
}

/** The curves' tokenizers: which one is cut below, and the figures of each. */
export function CutLegend({ states, curves, size, lead, onLead, onStop, onAgain }: CutLegendProps) {
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
              <span className={styles.why}>{saidOf(id, state)}</span>
            </div>
          );
        }
        return (
          <label key={id} className={styles.row}>
            <input type="radio" name={name} checked={id === lead} onChange={() => onLead(id)} />
            <CurveSwatch line={curve.line} />
            <span className={styles.name}>{label}</span>
            <span className={styles.now}>
              {curve.live === null ? '–' : formatInteger(curve.live)}{' '}
              <small>{curve.live === 1 ? 'token' : 'tokens'}</small>
            </span>
            <span className={styles.why}>{legendFigures(size, curve.curve)}</span>
          </label>
        );
      })}
      {onStop ? (
        <div className={styles.working}>
          <Button size="sm" onClick={onStop}>
            Stop counting
          </Button>
        </div>
      ) : states.some(({ state }) => state.kind === 'failed') ? (
        <div>
          <Button size="sm" onClick={onAgain}>
            Count again
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

/** What is to be said of a tokenizer without a curve. */
function saidOf(id: string, state: CurveState): string {
  if (state.kind === 'failed') return state.message;
  if (state.kind === 'curve') return whyNotCut(findTextTokenizer(id)?.spec.kind);
  return state.share === undefined
    ? 'Reading its vocabulary…'
    : `Counting its tokens… ${Math.round(100 * state.share)}%`;
}
