import { Segmented } from '../../../ui/Segmented';
import { useLab, useLabState } from '../lab-context';
import styles from './LinkedControl.module.css';
import type { LinkedBy } from './position';

const OPTIONS = [
  { value: 'bytes', label: 'Bytes' },
  { value: 'tokens', label: 'Tokens' },
  { value: 'quality', label: 'Quality' },
] as const satisfies readonly { value: LinkedBy; label: string }[];

/** What the lanes have in common: as many bytes, as many tokens, or the same quality. */
export function LinkedControl() {
  const { session } = useLab();
  const linked = useLabState((state) => state.linked);
  const isSeveral = useLabState(({ lanes }) => lanes.length > 1);
  if (!isSeveral) return null;
  return (
    <span className={styles.control}>
      <span className={styles.name}>At equal</span>
      <Segmented
        size="sm"
        label="Lanes at equal"
        options={OPTIONS}
        value={linked}
        onChange={(next) => session.setLinked(next)}
      />
    </span>
  );
}
