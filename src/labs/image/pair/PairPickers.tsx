import { useId } from 'react';
import { Select } from '../../../ui/Select';
import type { Pair } from '../experiment';
import { useLab } from '../lab-context';
import styles from './Pair.module.css';

export interface PairPickersProps {
  readonly pair: Pair;
  readonly names: readonly string[];
  readonly hasOriginal: boolean;
  /** What stands between the two names. */
  readonly between: string;
}

/** Which two pictures are compared. */
export function PairPickers({ pair, names, hasOriginal, between }: PairPickersProps) {
  const { session } = useLab();
  const id = useId();
  const options = names.flatMap((name, i) => (i === 0 && !hasOriginal ? [] : [{ id: String(i), name }]));
  const [left, right] = pair;
  // To choose what is at the other side swaps them.
  const choose = (next: Pair) => session.setPair(next[0] === next[1] ? [right, left] : next);
  return (
    <span className={styles.pickers}>
      <label className="visually-hidden" htmlFor={`${id}l`}>
        First picture
      </label>
      <Select
        id={`${id}l`}
        value={String(left)}
        options={options}
        onChange={(value) => choose([Number(value), right])}
      />
      <span aria-hidden="true">{between}</span>
      <label className="visually-hidden" htmlFor={`${id}r`}>
        Second picture
      </label>
      <Select
        id={`${id}r`}
        value={String(right)}
        options={options}
        onChange={(value) => choose([left, Number(value)])}
      />
    </span>
  );
}
