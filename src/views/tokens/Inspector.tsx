import { type Signal, useSignal } from '../signal';
import styles from './Inspector.module.css';

export interface InspectorProps {
  readonly ids: Uint32Array | null;
  /** How many are kept. */
  readonly k: number;
  /** The token (from 0) that is pointed at, or null. */
  readonly inspected: Signal<number | null>;
  /** The token that stays pointed at. */
  readonly held: Signal<number | null>;
  /** What the token does that is pointed at, once that is known. */
  readonly effect: Signal<{ readonly index: number; readonly text: string } | null>;
}

/** The token that is pointed at; without a pointer, the last one that is kept. */
export function Inspector({ ids, k, inspected, held, effect }: InspectorProps) {
  const pointed = useSignal(inspected);
  const holding = useSignal(held);
  const does = useSignal(effect);
  const index = pointed ?? holding ?? k - 1;
  const id = ids?.[index];
  if (id === undefined || !ids) return null;
  const state = index === k - 1 ? 'last kept' : index < k ? 'kept' : 'not kept';
  const says = does?.index === index && (pointed ?? holding) !== null;
  return (
    <p className={styles.line}>
      <b>Token {index + 1}</b> of {ids.length} (id {id}
      {says ? '' : `, 0x${id.toString(16).toUpperCase().padStart(4, '0')}`})
      {says ? ` ${does.text}` : `, ${state}`}
      {holding === index ? '. Held: Escape releases' : ''}.
    </p>
  );
}
